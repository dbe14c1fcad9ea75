package dev.stele.git.erase;

import dev.stele.domain.port.CheckpointErasureReport.Held;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What was found in a repository.
 *
 * @param held the checkpoints that hold the text
 * @param refs the commits of those checkpoints by their refs
 * @param blobs the blobs that hold it
 * @param above the trees and commits that lead to them, or hold it themselves; also such that no
 *     ref leads to any more
 */
record Findings(
        List<Held> held, Map<String, ObjectId> refs, Set<ObjectId> blobs, Set<ObjectId> above) {

    Findings {
        held = List.copyOf(held);
        refs = Map.copyOf(refs);
        blobs = Set.copyOf(blobs);
        above = Set.copyOf(above);
    }

    /** All objects that are to go. */
    Set<ObjectId> doomed() {
        Set<ObjectId> doomed = new HashSet<>(blobs);
        doomed.addAll(above);
        return doomed;
    }
}
