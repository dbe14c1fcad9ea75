package dev.stele.git.disk;

/**
 * What the file system tells of a path without opening it. Two equal stamps of a path that is not
 * racy mean that it was not written in between: a write that puts the modification time back still
 * moves the change time.
 *
 * @param mode type and permission bits as {@code stat} gives them
 * @param size in bytes
 * @param inode the file's number in its file system
 * @param modified modification time in nanoseconds since 1970
 * @param changed change time in nanoseconds since 1970
 */
public record Stamp(int mode, long size, long inode, long modified, long changed) {

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int OWNER_MAY_EXECUTE = 0100;

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

    /** Whether its owner may execute it: all that git knows of permissions. */
    public boolean isExecutable() {
        return (mode & OWNER_MAY_EXECUTE) != 0;
    }

    /**
     * Whether a later write could leave this stamp as it is, since the clock of the file system had
     * not moved on.
     *
     * @param readAt when the content was read, in nanoseconds since 1970, less the resolution of
     *     the file system's clock
     */
    public boolean isRacy(long readAt) {
        return modified >= readAt || changed >= readAt;
    }
}
