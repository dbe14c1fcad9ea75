package dev.stele.git.capture;

import dev.stele.domain.model.CheckpointStats;

/**
 * How much a checkpoint may hold.
 *
 * @param untrackedFileBytes the size in bytes from which on an untracked file is left out
 * @param files how many files a tree may have; one with more is not captured at all
 * @param bytes how many bytes all files together may have; a tree with more is not captured at all
 */
public record CaptureLimits(long untrackedFileBytes, int files, long bytes) {

    /** The same for the log. */
    CheckpointStats.Limits told() {
        return new CheckpointStats.Limits(untrackedFileBytes, files, bytes);
    }
}
