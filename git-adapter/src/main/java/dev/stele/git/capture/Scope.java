package dev.stele.git.capture;

import dev.stele.git.disk.Stamp;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.repository.GitLocation;

/**
 * What all of one scan goes by.
 *
 * @param location where the project is
 * @param tracked what is tracked
 * @param sameTracked whether the same was tracked in the snapshot before
 * @param fileMode whether execute bits count, so that nobody asks how a file is tracked
 * @param vigil what is known of what happened since the snapshot before
 * @param stop asks to stop
 * @param readAt see {@link Stamp#isRacy}
 */
record Scope(
        GitLocation location,
        TrackedPaths tracked,
        boolean sameTracked,
        boolean fileMode,
        Vigil vigil,
        StopSign stop,
        long readAt) {

    /** The path from the project of a raw path from the top, with or without a slash at its end. */
    String fromProject(String path) {
        int start = Math.min(path.length(), location.prefix().length());
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        return path.substring(Math.min(start, end), end);
    }

    /**
     * Whether the index makes the same of a directory as in the snapshot before.
     *
     * @param prefix the directory's raw path from the top, empty or with a slash at its end
     */
    boolean isTrackedAsIn(Folder before, String prefix) {
        return sameTracked
                || (fileMode && !before.dependsOnIndex() && !tracked.isSpecialBelow(prefix));
    }
}
