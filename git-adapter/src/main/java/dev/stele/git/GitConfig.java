package dev.stele.git;

import dev.stele.domain.model.ThinningPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much checkpoints may hold, and where the git side keeps what must survive a crash.
 *
 * @param directory where journals are kept, and the checkpoints of projects that are in no
 *     repository; made when it is not there
 * @param largestUntrackedFile the size in bytes from which on an untracked file is left out of
 *     checkpoints
 * @param mostFiles how many files a directory may have; one with more gets no checkpoints
 * @param mostBytes how many bytes the files of a directory may have together; one with more gets no
 *     checkpoints
 * @param watch whether directories are watched between checkpoints where the system can do that, so
 *     that the next one reads only what was touched
 * @param commandLimit how long a commit with its hooks, or a push, may take
 * @param thinning which old checkpoints are kept; the others are given up now and then, while an
 *     agent is at work; null keeps all
 */
public record GitConfig(
        Path directory,
        long largestUntrackedFile,
        int mostFiles,
        long mostBytes,
        boolean watch,
        Duration commandLimit,
        @Nullable ThinningPolicy thinning) {

    /** Checks the limits: {@link IllegalArgumentException} for one that is not positive. */
    public GitConfig {
        if (largestUntrackedFile < 1
                || mostFiles < 1
                || mostBytes < 1
                || !commandLimit.isPositive()) {
            throw new IllegalArgumentException("Limits of git are more than nothing.");
        }
    }

    /**
     * {@return the usual limits: 100 MiB for an untracked file, a million files, 64 GiB for all of
     * them, ten minutes for a command}
     *
     * @param directory see {@link #directory}
     */
    public static GitConfig usual(Path directory) {
        return new GitConfig(
                directory, 100L << 20, 1_000_000, 64L << 30, false, Duration.ofMinutes(10), null);
    }

    /**
     * {@return the same with other limits}
     *
     * @param newLargest see {@link #largestUntrackedFile}
     * @param newFiles see {@link #mostFiles}
     * @param newBytes see {@link #mostBytes}
     */
    public GitConfig withLimits(long newLargest, int newFiles, long newBytes) {
        return new GitConfig(
                directory, newLargest, newFiles, newBytes, watch, commandLimit, thinning);
    }

    /**
     * {@return the same with another policy for old checkpoints}
     *
     * @param newThinning see {@link #thinning}
     */
    public GitConfig withThinning(@Nullable ThinningPolicy newThinning) {
        return new GitConfig(
                directory,
                largestUntrackedFile,
                mostFiles,
                mostBytes,
                watch,
                commandLimit,
                newThinning);
    }
}
