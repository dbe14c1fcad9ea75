package dev.stele.git.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trees that lie on disks of this machine alone: their files are stamped by the clock of its
 * kernel, and nothing happens to them that the kernel does not tell. Only on Linux.
 */
public final class LocalDisk {

    /** The kernel's numbers of kinds of file systems. */
    private static final long EXT = 0xEF53L;

    private static final long XFS = 0x58465342L;

    /** Those and btrfs, tmpfs, f2fs, zfs, overlay. */
    private static final Set<Long> KINDS =
            Set.of(EXT, XFS, 0x9123683EL, 0x01021994L, 0xF2F52010L, 0x2FC12FC1L, 0x794C7630L);

    /** The first kernel that tells when something could not be written to a disk. */
    private static final int MAJOR = 5;

    private static final int MINOR = 8;

    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\D.*", Pattern.DOTALL);

    private static final String DEVICE = "unix:dev";
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private LocalDisk() {}

    /** What is mounted where, as the kernel tells it. */
    static String mounts() throws IOException {
        return new String(Files.readAllBytes(MOUNTS), StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether names that change one after the other do so on the disk, too, whatever becomes of the
     * machine: a name that is there after a power failure means that all earlier ones are.
     *
     * @param one absolute, where names are
     * @param other where the others are; on other disks there is no order
     */
    public static boolean keepsOrder(Path one, Path other) throws IOException {
        if (DirectoryReader.fastest() != DirectoryReader.LINUX) {
            return false;
        }
        long kind = kind(RawNames.of(one));
        return (kind == EXT || kind == XFS)
                && Files.getAttribute(one, DEVICE).equals(Files.getAttribute(other, DEVICE));
    }

    private static long kind(String raw) {
        var scratch = LinuxCalls.scratch();
        return LinuxCalls.fileSystem(scratch.name(raw), scratch);
    }

    /**
     * Waits until all that was written to the disk of a tree is on it, whoever wrote it. For many
     * files that takes far less time than one by one.
     *
     * @param root absolute and without links
     * @return false where that cannot be done, or where the tree is on several disks
     * @throws IOException when something could not be written
     */
    public static boolean flush(Path root) throws IOException {
        if (DirectoryReader.fastest() != DirectoryReader.LINUX
                || !isAllOf(root, mounts())
                || !tellsFailures(Files.readString(RELEASE, StandardCharsets.US_ASCII))) {
            return false;
        }
        var scratch = LinuxCalls.scratch();
        String raw = RawNames.of(root);
        int directory = LinuxCalls.openDirectory(scratch.name(raw), scratch);
        if (directory < 0) {
            return false;
        }
        boolean done = LinuxCalls.syncAll(directory, scratch) == 0;
        IOException failure = LinuxCalls.failure(raw, scratch);
        LinuxCalls.close(directory);
        if (!done) {
            throw failure;
        }
        return true;
    }

    /**
     * Whether a kernel tells when something could not be written.
     *
     * @param release how it names itself
     */
    static boolean tellsFailures(String release) {
        Matcher version = VERSION.matcher(release);
        if (!version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > MAJOR || (major == MAJOR && Integer.parseInt(version.group(2)) >= MINOR);
    }

    /**
     * Whether all of a tree is on a local disk, and on one.
     *
     * @param root absolute and without links
     * @param mounts see {@link #mounts}
     */
    static boolean isAllOf(Path root, String mounts) {
        String raw = RawNames.of(root);
        return KINDS.contains(kind(raw)) && !mounts.contains(" " + raw.replace(" ", "\\040") + "/");
    }
}
