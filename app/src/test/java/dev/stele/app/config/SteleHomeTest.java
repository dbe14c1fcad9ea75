package dev.stele.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteleHomeTest {
    private static final Path USER = Path.of("/home/ada");

    @TempDir private Path folder;

    private static Path usual(Map<String, String> environment, String system) {
        return SteleHome.usual(environment, system, USER).root();
    }

    @Test
    void the_users_directory_is_where_the_shell_has_it() {
        assertThat(usual(Map.of("HOME", "/elsewhere"), "Linux"))
                .isEqualTo(Path.of("/elsewhere/.local/share/stele"));
        assertThat(usual(Map.of("HOME", "/elsewhere"), "Mac OS X"))
                .isEqualTo(Path.of("/elsewhere/Library/Application Support/Stele"));
        assertThat(usual(Map.of("HOME", "nowhere"), "Linux"))
                .isEqualTo(USER.resolve(".local/share/stele"));
    }

    @Test
    void the_usual_place_is_that_of_the_system() {
        assertThat(usual(Map.of(), "Linux")).isEqualTo(USER.resolve(".local/share/stele"));
        assertThat(usual(Map.of("XDG_DATA_HOME", "/data"), "Linux"))
                .isEqualTo(Path.of("/data/stele"));
        assertThat(usual(Map.of("XDG_DATA_HOME", "data"), "Linux"))
                .isEqualTo(USER.resolve(".local/share/stele"));
        assertThat(usual(Map.of("XDG_DATA_HOME", "/data"), "Mac OS X"))
                .isEqualTo(USER.resolve("Library/Application Support/Stele"));
        assertThat(usual(Map.of("LOCALAPPDATA", "/local"), "Windows 11"))
                .isEqualTo(Path.of("/local/Stele"));
        assertThat(usual(Map.of(), "Windows 11")).isEqualTo(USER.resolve("AppData/Local/Stele"));
    }

    @Test
    void the_variable_names_another_place_on_every_system() {
        for (String system : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
            assertThat(usual(Map.of("STELE_HOME", "/other"), system)).isEqualTo(Path.of("/other"));
            assertThat(usual(Map.of("STELE_HOME", " "), system)).isNotEqualTo(Path.of(" "));
        }
        assertThat(usual(Map.of("STELE_HOME", "relative"), "Linux")).isAbsolute();
    }

    @Test
    void it_is_made_for_its_owner_alone_and_git_ignores_it() throws IOException {
        var home = new SteleHome(folder.resolve("a/b/home"));

        assertThat(home.create()).isEqualTo(home);
        assertThat(home.create()).isEqualTo(home);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root())))
                .isEqualTo("rwx------");
        assertThat(home.root().resolve(".gitignore")).hasContent("*");
    }

    @Test
    void what_a_person_wrote_there_is_left_alone() throws IOException {
        Path own = Files.writeString(folder.resolve(".gitignore"), "mine");
        new SteleHome(folder).create();

        assertThat(own).hasContent("mine");
    }

    @Test
    void a_file_in_its_place_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path place : new Path[] {file, file.resolve("below")}) {
            assertThatThrownBy(() -> new SteleHome(place).create())
                    .isInstanceOf(SteleException.InvalidHome.class)
                    .hasMessageContaining(place.toString())
                    .hasMessageContaining("STELE_HOME");
        }
    }

    @Test
    void a_name_that_no_path_has_is_told() {
        assertThatThrownBy(() -> usual(Map.of("STELE_HOME", "a\0b"), "Linux"))
                .isInstanceOf(SteleException.InvalidHome.class);
    }
}
