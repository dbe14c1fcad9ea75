package dev.stele.git.capture;

import dev.stele.git.index.UserIndex;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What the newest checkpoint of a directory found. Immutable.
 *
 * @param ref the ref of that checkpoint: as long as it stands, every object named here is in the
 *     repository
 * @param commit what the ref holds
 * @param root the project's directory
 * @param above the rules above it
 * @param index what was tracked
 */
record Snapshot(
        String ref, ObjectId commit, Node.Directory root, IgnoreFiles above, UserIndex index) {}
