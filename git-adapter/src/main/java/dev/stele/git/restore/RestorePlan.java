package dev.stele.git.restore;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import java.util.List;

/**
 * What a restore does: decided before anything is touched.
 *
 * @param steps deletions first, those below a directory before the rest of it
 * @param left what differs and is left alone: raw paths from the project's directory
 */
record RestorePlan(List<Step> steps, List<LeftPath> left) {

    /** Makes the lists immutable. */
    RestorePlan {
        steps = List.copyOf(steps);
        left = List.copyOf(left);
    }
}
