package dev.stele.git;

import java.nio.file.Path;

/**
 * How much checkpoints may hold, and where restores keep their journals.
 *
 * @param directory where the git side keeps what must survive a crash; made when it is not there
 * @param largestUntrackedFile the size in bytes from which on an untracked file is left out of
 *     checkpoints
 * @param mostFiles how many files a directory may have; one with more gets no checkpoints
 */
public record GitConfig(Path directory, long largestUntrackedFile, int mostFiles) {

    /** Checks the limits: {@link IllegalArgumentException} for one that is not positive. */
    public GitConfig {
        if (largestUntrackedFile < 1 || mostFiles < 1) {
            throw new IllegalArgumentException("Limits of checkpoints are at least 1.");
        }
    }

    /**
     * The usual limits: 100 MiB for an untracked file, a million files.
     *
     * @param directory see {@link #directory}
     */
    public static GitConfig usual(Path directory) {
        return new GitConfig(directory, 100L << 20, 1_000_000);
    }
}
