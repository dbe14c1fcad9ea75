package dev.stele.git.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalDiskTest {

    @ParameterizedTest
    @ValueSource(strings = {"5.8.0-63-generic\n", "5.15.0", "6.1.0-18-amd64", "10.0-rc1\n"})
    void a_newer_kernel_tells_what_could_not_be_written(String release) {
        assertThat(LocalDisk.tellsFailures(release)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.19", "4.18.0-553.el8.x86_64\n", "3.10.0", "unknown", ""})
    void an_older_or_unknown_kernel_does_not(String release) {
        assertThat(LocalDisk.tellsFailures(release)).isFalse();
    }

    @Test
    void a_place_that_is_on_no_disk_is_not_flushed() throws IOException {
        assertThat(LocalDisk.flush(Path.of("/proc"))).isFalse();
    }

    @Test
    void permissions_are_told_by_a_stamp(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (String permissions :
                new String[] {"rwxr-x--x", "r--r--r--", "-wx-w-rw-", "rw-------"}) {
            var wanted = PosixFilePermissions.fromString(permissions);
            Files.setPosixFilePermissions(file, wanted);
            assertThat(DiskStamps.of(file).permissions()).isEqualTo(wanted);
            assertThat(NioDirectory.stampOf(file)).isEqualTo(DiskStamps.of(file));
        }
    }
}
