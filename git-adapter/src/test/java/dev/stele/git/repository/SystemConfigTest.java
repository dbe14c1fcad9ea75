package dev.stele.git.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The place of the machine's configuration, as git itself would tell it. */
class SystemConfigTest {

    @TempDir Path temp;

    private static @Nullable Path find(Map<String, String> environment) {
        return SystemConfig.find(environment::get);
    }

    @Test
    void a_given_file_goes_before_all_others() {
        assertThat(find(Map.of("GIT_CONFIG_SYSTEM", "/given", "PATH", "/usr/bin")))
                .isEqualTo(Path.of("/given"));
    }

    @Test
    void none_is_read_when_git_is_told_so() {
        assertThat(find(Map.of("GIT_CONFIG_NOSYSTEM", "1"))).isNull();
        assertThat(find(Map.of("GIT_CONFIG_NOSYSTEM", "false"))).isNotNull();
    }

    @Test
    void a_git_that_is_installed_elsewhere_has_its_own() throws IOException {
        Path program = Files.createDirectories(temp.resolve("own/bin")).resolve("git");
        Files.createSymbolicLink(program, Path.of("/bin/sh"));
        Path config = Files.createDirectories(temp.resolve("own/etc")).resolve("gitconfig");
        String path = temp.resolve("empty") + ":" + program.getParent() + ":/usr/bin";
        assertThat(find(Map.of("PATH", path))).isEqualTo(Path.of("/etc/gitconfig"));
        Files.writeString(config, "");
        assertThat(find(Map.of("PATH", path))).isEqualTo(config);
    }

    @Test
    void it_is_the_one_that_git_reads() {
        var git = new Git(temp).process("git", "var", "GIT_CONFIG_SYSTEM");
        Path found = find(System.getenv());
        if (git.code() == 0) {
            assertThat(found).isEqualTo(Path.of(git.output().strip()));
        } else {
            assertThat(found).as("an old git does not tell").isNotNull();
        }
    }
}
