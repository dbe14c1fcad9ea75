package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts Stele from its source tree, where it can tell of trouble by itself. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("..", "stele").toAbsolutePath().normalize();

    @TempDir Path place;

    @Test
    void in_a_directory_that_is_gone_it_says_so_and_starts_nothing() throws Exception {
        Path gone = Files.createDirectory(place.resolve("gone"));
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "cd \"$1\" && rmdir \"$1\" && exec \"$2\" threads",
                                "sh",
                                gone.toString(),
                                LAUNCHER.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(2);
        assertThat(said).contains("the directory that you are in is gone").doesNotContain("\tat ");
    }
}
