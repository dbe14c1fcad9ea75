package dev.stele.git.diff;

import dev.stele.git.disk.RawNames;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A difference whose paths are raw: JGit's own would be decoded, and names in no encoding would get
 * lost.
 */
final class RawEntry extends DiffEntry {

    /**
     * The difference at which a walk over two trees stands.
     *
     * @param walk stands at a path that differs and is a directory in neither tree
     */
    RawEntry(TreeWalk walk) {
        String path = RawNames.raw(walk.getRawPath());
        oldMode = walk.getFileMode(0);
        newMode = walk.getFileMode(1);
        oldId = AbbreviatedObjectId.fromObjectId(walk.getObjectId(0));
        newId = AbbreviatedObjectId.fromObjectId(walk.getObjectId(1));
        oldPath = isAbsent(oldMode) ? DEV_NULL : path;
        newPath = isAbsent(newMode) ? DEV_NULL : path;
        changeType =
                isAbsent(oldMode)
                        ? ChangeType.ADD
                        : isAbsent(newMode) ? ChangeType.DELETE : ChangeType.MODIFY;
    }

    private RawEntry(DiffEntry copy) {
        oldMode = FileMode.MISSING;
        newMode = copy.getNewMode();
        oldId = AbbreviatedObjectId.fromObjectId(ObjectId.zeroId());
        newId = copy.getNewId();
        oldPath = DEV_NULL;
        newPath = copy.getNewPath();
        changeType = ChangeType.ADD;
    }

    /** A copy of something, told as something new. */
    static DiffEntry withoutCopy(DiffEntry entry) {
        return entry.getChangeType() == ChangeType.COPY ? new RawEntry(entry) : entry;
    }

    private static boolean isAbsent(FileMode mode) {
        return mode.equals(FileMode.MISSING);
    }
}
