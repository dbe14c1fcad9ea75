package dev.stele.git.restore;

import dev.stele.git.change.FileState;
import org.jspecify.annotations.Nullable;

/**
 * One path that a restore changes.
 *
 * @param path the raw path from the project's directory
 * @param from what the safety checkpoint holds there; null when it holds nothing
 * @param to what is brought back; null when the path is deleted. Not both are null
 */
record Step(String path, @Nullable FileState from, @Nullable FileState to) {

    boolean isDeletion() {
        return to == null;
    }

    /** The raw path of the directory that it is in; empty for the project's own. */
    String parent() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
