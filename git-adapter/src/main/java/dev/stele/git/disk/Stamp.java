package dev.stele.git.disk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the file system tells of a path without opening it. Two equal stamps of a path that is not
 * racy mean that it was not written in between: a write that puts the modification time back still
 * moves the change time.
 *
 * @param mode type and permission bits as {@code stat} gives them, and {@link #SHARED}
 * @param size in bytes
 * @param inode the file's number in its file system
 * @param modified modification time in nanoseconds since 1970
 * @param changed change time in nanoseconds since 1970
 */
public record Stamp(int mode, long size, long inode, long modified, long changed) {

    /**
     * Marks, in a mode, a regular file that has other names too: it can be written by a name
     * outside of the working tree, where nobody watches.
     */
    public static final int SHARED = 1 << 20;

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int OWNER_MAY_EXECUTE = 0100;
    private static final long SECOND = 1_000_000_000;

    /** What the coarsest file systems round their times to. */
    private static final long COARSEST = 2 * SECOND;

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    /** Whether it is a regular file. */
    public boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    /** Whether it is a symbolic link. */
    public boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    /** Whether it is a regular file that has other names too. */
    public boolean isShared() {
        return (mode & SHARED) != 0;
    }

    /**
     * A mode with what the number of names adds to it.
     *
     * @param mode type and permission bits as {@code stat} gives them
     * @param names how many names it has
     */
    static int mode(int mode, int names) {
        return (mode & TYPE) == REGULAR && names > 1 ? mode | SHARED : mode;
    }

    /** Whether its owner may execute it: all that git knows of permissions. */
    public boolean isExecutable() {
        return (mode & OWNER_MAY_EXECUTE) != 0;
    }

    /** Who may do what with it. */
    public Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        int bit = 0400;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            // They stand in the order of the bits, from the highest.
            if ((mode & bit) != 0) {
                permissions.add(permission);
            }
            bit >>= 1;
        }
        return permissions;
    }

    /**
     * Whether a later write could leave this stamp as it is, since the clock of the file system had
     * not moved on.
     *
     * @param readAt when the content was read at the earliest, in nanoseconds since 1970, by a
     *     clock that is never ahead of the one that files are stamped by
     */
    public boolean isRacy(long readAt) {
        boolean rounded = changed % SECOND == 0;
        long sure = rounded ? readAt - COARSEST : readAt;
        return modified >= sure || changed >= sure;
    }

    /**
     * Writes a stamp for {@link #read}.
     *
     * @param stamp may be null
     */
    public static void write(@Nullable Stamp stamp, DataOutput out) throws IOException {
        out.writeInt(stamp == null ? 0 : stamp.mode());
        if (stamp != null) {
            out.writeLong(stamp.size());
            out.writeLong(stamp.inode());
            out.writeLong(stamp.modified());
            out.writeLong(stamp.changed());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static @Nullable Stamp read(DataInput in) throws IOException {
        int mode = in.readInt();
        return mode == 0
                ? null
                : new Stamp(mode, in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
