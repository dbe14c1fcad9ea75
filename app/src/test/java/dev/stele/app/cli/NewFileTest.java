package dev.stele.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is there whole, or not at all. */
class NewFileTest {

    @TempDir Path place;
    private Path file = Path.of("");

    @BeforeEach
    void a_place() {
        file = place.resolve("file");
    }

    @Test
    void it_is_for_its_owner_alone_and_nothing_is_beside_it() throws Exception {
        String told =
                NewFile.write(
                        file,
                        out -> {
                            out.write("content".getBytes(UTF_8));
                            assertThat(file).doesNotExist();
                            return "told";
                        });

        assertThat(told).isEqualTo("told");
        assertThat(file).hasContent("content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(place).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void one_that_fails_leaves_nothing() {
        assertThatThrownBy(() ->
                        NewFile.write(
                                file,
                                out -> {
                                    out.write(1);
                                    throw new IOException("the end");
                                }))
                .hasMessage("the end");

        assertThat(place).isEmptyDirectory();
    }

    @Test
    void one_that_came_meanwhile_is_not_replaced() {
        assertThatThrownBy(() -> NewFile.write(file, _ -> Files.writeString(file, "of another")))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent("of another");
        assertThat(place).isDirectoryNotContaining("glob:**.new");
    }
}
