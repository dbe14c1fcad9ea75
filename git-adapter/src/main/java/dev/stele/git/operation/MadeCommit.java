package dev.stele.git.operation;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import java.util.List;

/**
 * A commit that was made.
 *
 * @param id its id
 * @param left what was asked for and is not in it, with the reason
 */
public record MadeCommit(String id, List<LeftPath> left) {
    /** Makes the list immutable. */
    public MadeCommit {
        left = List.copyOf(left);
    }
}
