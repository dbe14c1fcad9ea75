package dev.stele.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectDirectoryTest {
    @TempDir private Path folder;

    @Test
    void links_and_dots_lead_to_the_real_directory() throws IOException {
        Path real = Files.createDirectories(folder.resolve("a/b"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));

        assertThat(ProjectDirectory.resolve(link.resolve("b/../b/.")))
                .isEqualTo(real.toRealPath().toString());
    }

    @Test
    void a_relative_path_becomes_absolute() {
        assertThat(Path.of(ProjectDirectory.resolve(Path.of(".")))).isAbsolute();
    }

    @Test
    void a_directory_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> ProjectDirectory.resolve(folder.resolve("missing")))
                .isInstanceOf(SteleException.InvalidDirectory.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("create it");
    }

    @Test
    void a_file_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> ProjectDirectory.resolve(file))
                .isInstanceOf(SteleException.InvalidDirectory.class)
                .hasMessageContaining("name the directory");
        assertThatThrownBy(() -> ProjectDirectory.resolve(file.resolve("below")))
                .isInstanceOf(SteleException.InvalidDirectory.class);
    }

    @Test
    void links_that_go_in_a_circle_are_told_in_words() throws IOException {
        Path link = folder.resolve("round");
        Files.createSymbolicLink(link, link);

        assertThatThrownBy(() -> ProjectDirectory.resolve(link))
                .isInstanceOf(SteleException.InvalidDirectory.class)
                .hasMessageContaining(link + " cannot be entered")
                .hasMessageNotContaining("Exception");
    }
}
