package dev.stele.domain.model;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import java.util.List;

/**
 * What a restore did.
 *
 * @param written how many paths were created or overwritten
 * @param deleted how many paths were deleted
 * @param left paths that differ and were left alone, with the reason
 */
public record RestoreSummary(int written, int deleted, List<LeftPath> left) {
    /** Makes the list immutable. */
    public RestoreSummary {
        left = List.copyOf(left);
    }
}
