package dev.stele.app.engine;

import dev.stele.contracts.ThreadId;
import dev.stele.domain.port.CheckpointErasureReport;
import java.util.List;

/**
 * Where a text was found, and what was done about it.
 *
 * @param sequences the places of the facts that hold it, in order
 * @param threads the threads that they are of, as far as those are there
 * @param receipts how many answers to commands hold it
 * @param checkpoints where checkpoints hold it, and what of that an erasure leaves
 * @param erased whether it was erased; false when it was only looked for
 */
public record ErasureReport(
        List<Long> sequences,
        List<ThreadId> threads,
        int receipts,
        CheckpointErasureReport checkpoints,
        boolean erased) {

    /** Makes the lists immutable. */
    public ErasureReport {
        sequences = List.copyOf(sequences);
        threads = List.copyOf(threads);
    }

    /** {@return whether neither the log nor a checkpoint holds it} */
    public boolean isEmpty() {
        return !isInLog() && checkpoints.isEmpty();
    }

    /** {@return whether the log holds it} */
    public boolean isInLog() {
        return !sequences.isEmpty() || receipts > 0;
    }
}
