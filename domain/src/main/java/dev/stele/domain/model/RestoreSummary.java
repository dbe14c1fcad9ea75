package dev.stele.domain.model;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore did.
 *
 * @param written how many paths were created or overwritten
 * @param deleted how many paths were deleted
 * @param left paths that differ and were left alone, with the reason
 * @param merged those of the written paths in which what others have changed was kept; null for
 *     none
 */
public record RestoreSummary(
        int written, int deleted, List<LeftPath> left, @Nullable List<String> merged) {
    /** Makes the lists immutable. */
    public RestoreSummary {
        left = List.copyOf(left);
        merged = merged == null || merged.isEmpty() ? null : List.copyOf(merged);
    }

    /**
     * A restore in which nothing was merged.
     *
     * @param written how many paths were created or overwritten
     * @param deleted how many paths were deleted
     * @param left paths that differ and were left alone, with the reason
     */
    public RestoreSummary(int written, int deleted, List<LeftPath> left) {
        this(written, deleted, left, null);
    }
}
