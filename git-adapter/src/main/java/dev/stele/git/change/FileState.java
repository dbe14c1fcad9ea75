package dev.stele.git.restore;

import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A file or link as a checkpoint holds it.
 *
 * @param mode git's mode
 * @param id its blob
 */
record FileState(int mode, ObjectId id) {

    boolean isLink() {
        return FileMode.SYMLINK.equals(mode);
    }

    boolean isExecutable() {
        return FileMode.EXECUTABLE_FILE.equals(mode);
    }

    /** Whether the other is a file with the same content. */
    boolean isSameFile(FileState other) {
        return !isLink() && !other.isLink() && id.equals(other.id);
    }
}
