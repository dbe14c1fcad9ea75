package dev.stele.git.repository;

import dev.stele.git.disk.RawNames;
import java.io.IOException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The parts of the user's commits that belong to a project. */
public final class CommitTrees {

    private CommitTrees() {}

    /**
     * The project's part of a commit; null where it has none.
     *
     * @param commit the commit, or null before the first one
     * @param prefix the project's, see {@link GitLocation#prefix}
     * @throws org.eclipse.jgit.errors.MissingObjectException when the commit is gone
     */
    public static @Nullable ObjectId of(
            ObjectReader reader, @Nullable ObjectId commit, String prefix) throws IOException {
        if (commit == null) {
            return null;
        }
        try (RevWalk commits = new RevWalk(reader)) {
            ObjectId top = commits.parseCommit(commit).getTree();
            if (prefix.isEmpty()) {
                return top;
            }
            String path = RawNames.display(prefix.substring(0, prefix.length() - 1));
            try (TreeWalk walk = TreeWalk.forPath(reader, path, top)) {
                boolean there = walk != null && walk.getFileMode(0).equals(FileMode.TREE);
                return there ? walk.getObjectId(0) : null;
            }
        }
    }

    /**
     * Makes the project's part of a commit the next tree of a walk.
     *
     * @param commit the commit's id, or null before the first one
     * @param prefix the project's
     * @throws org.eclipse.jgit.errors.MissingObjectException when the commit is gone
     */
    public static void add(TreeWalk walk, @Nullable String commit, String prefix)
            throws IOException {
        ObjectId id = commit == null ? null : ObjectId.fromString(commit);
        ObjectId tree = of(walk.getObjectReader(), id, prefix);
        if (tree == null) {
            walk.addTree(new EmptyTreeIterator());
        } else {
            walk.addTree(tree);
        }
    }
}
