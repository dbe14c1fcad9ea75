package dev.stele.app.engine;

import dev.stele.contracts.ThreadId;
import java.util.List;

/**
 * Where a text was found, and what was done about it.
 *
 * @param sequences the places of the facts that hold it, in order
 * @param threads the threads that they are of, as far as those are there
 * @param receipts how many answers to commands hold it
 * @param erased whether it was erased; false when it was only looked for
 */
public record ErasureReport(
        List<Long> sequences, List<ThreadId> threads, int receipts, boolean erased) {

    /** Makes the lists immutable. */
    public ErasureReport {
        sequences = List.copyOf(sequences);
        threads = List.copyOf(threads);
    }

    /** {@return whether it was found nowhere} */
    public boolean isEmpty() {
        return sequences.isEmpty() && receipts == 0;
    }
}
