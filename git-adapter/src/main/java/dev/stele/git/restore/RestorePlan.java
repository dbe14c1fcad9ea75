package dev.stele.git.restore;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import java.util.List;
import java.util.Set;

/**
 * What a restore does: decided before anything is touched.
 *
 * @param steps deletions first, those below a directory before the rest of it
 * @param left what differs and is left alone: raw paths from the project's directory
 * @param merged the raw paths of those steps that keep what others have changed
 */
record RestorePlan(List<Step> steps, List<LeftPath> left, Set<String> merged) {

    /** Makes the collections immutable. */
    RestorePlan {
        steps = List.copyOf(steps);
        left = List.copyOf(left);
        merged = Set.copyOf(merged);
    }
}
