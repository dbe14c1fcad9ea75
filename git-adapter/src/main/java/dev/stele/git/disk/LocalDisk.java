package dev.stele.git.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Trees that lie on disks of this machine alone: their files are stamped by the clock of its
 * kernel, and nothing happens to them that the kernel does not tell. Only on Linux.
 */
final class LocalDisk {

    /** ext2, ext3 and ext4, xfs, btrfs, tmpfs, f2fs, zfs, overlay: the kernel's numbers of them. */
    private static final Set<Long> KINDS =
            Set.of(
                    0xEF53L,
                    0x58465342L,
                    0x9123683EL,
                    0x01021994L,
                    0xF2F52010L,
                    0x2FC12FC1L,
                    0x794C7630L);

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private LocalDisk() {}

    /** What is mounted where, as the kernel tells it. */
    static String mounts() throws IOException {
        return new String(Files.readAllBytes(MOUNTS), StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether all of a tree is on a local disk, and on one.
     *
     * @param root absolute and without links
     * @param mounts see {@link #mounts}
     */
    static boolean isAllOf(Path root, String mounts) {
        String raw = RawNames.of(root);
        var scratch = LinuxCalls.scratch();
        return KINDS.contains(LinuxCalls.fileSystem(scratch.name(raw), scratch))
                && !mounts.contains(" " + raw.replace(" ", "\\040") + "/");
    }
}
