package dev.stele.git.capture;

import org.eclipse.jgit.lib.FileMode;

/** What a name in a folder is. The numbers are those of the snapshot files. */
enum Kind {
    REGULAR(0, FileMode.TYPE_FILE | 0644),
    EXECUTABLE(1, FileMode.TYPE_FILE | 0755),
    LINK(2, FileMode.TYPE_SYMLINK),
    CARRIED_REGULAR(3, FileMode.TYPE_FILE | 0644),
    CARRIED_EXECUTABLE(4, FileMode.TYPE_FILE | 0755),
    CARRIED_LINK(5, FileMode.TYPE_SYMLINK),
    CARRIED_COMMIT(6, FileMode.TYPE_GITLINK),
    CARRIED_TREE(7, FileMode.TYPE_TREE),
    IGNORED_FILE(8, 0),
    IGNORED_DIRECTORY(9, 0),
    LEFT(10, 0),
    FOLDER(11, 0);

    private static final Kind[] ALL = values();

    private final int number;

    /** Git's mode, or zero for what is not in the checkpoint as such. */
    private final int mode;

    Kind(int number, int mode) {
        this.number = number;
        this.mode = mode;
    }

    /** The kind of this number. */
    static Kind of(int number) {
        return ALL[number];
    }

    static Kind of(Node node) {
        return switch (node) {
            case Node.Blob blob -> ofBlob(blob.mode());
            case Node.Carried carried -> ofCarried(carried.mode());
            case Node.Ignored ignored -> ignored.directory() ? IGNORED_DIRECTORY : IGNORED_FILE;
            case Node.Left _ -> LEFT;
            case Folder _ -> FOLDER;
        };
    }

    private static Kind ofBlob(int mode) {
        if (FileMode.SYMLINK.equals(mode)) {
            return LINK;
        }
        return FileMode.EXECUTABLE_FILE.equals(mode) ? EXECUTABLE : REGULAR;
    }

    private static Kind ofCarried(int mode) {
        for (Kind kind : ALL) {
            if (kind.isCarried() && FileMode.fromBits(kind.mode).equals(mode)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("Nothing of the mode " + mode + " is carried.");
    }

    /** Its number, below sixteen. */
    int number() {
        return number;
    }

    /** Git's mode of a file, link or carried name. */
    int mode() {
        return mode;
    }

    /** Whether it is a file or link that was read from the disk. */
    boolean isBlob() {
        return this == REGULAR || this == EXECUTABLE || this == LINK;
    }

    /** Whether it is carried from the index into the checkpoint. */
    boolean isCarried() {
        return mode != 0 && !isBlob();
    }
}
