package dev.stele.git.capture;

import dev.stele.git.disk.Stamp;
import dev.stele.git.index.IgnoreFiles;
import dev.stele.git.index.UserIndex;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the newest checkpoint of a directory found. Immutable.
 *
 * @param ref the ref of that checkpoint: as long as it stands, every object named here is in the
 *     repository
 * @param commit what the ref holds
 * @param root the project's directory
 * @param above the rules above it
 * @param index what was tracked
 * @param terms what else it was taken by
 */
record Snapshot(
        String ref, ObjectId commit, Folder root, IgnoreFiles above, UserIndex index, Terms terms) {

    /**
     * What makes all of a snapshot useless when it is another one.
     *
     * @param fileMode whether execute bits counted
     * @param untrackedFileBytes see {@link CaptureLimits}
     */
    record Terms(boolean fileMode, long untrackedFileBytes) {}

    /** The stamp of a raw path from the project's directory, see {@link HeldCheckpoint.Stamps}. */
    @Nullable Stamp stamp(String path) {
        Node node = root;
        for (int start = 0; start <= path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            node =
                    node instanceof Folder directory
                            ? directory.child(path.substring(start, end))
                            : null;
            start = end + 1;
        }
        return node instanceof Node.Blob blob && !blob.racy() ? blob.stamp() : null;
    }
}
