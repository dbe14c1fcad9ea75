package dev.stele.git.change;

import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;

/** A span of time in which a thread worked on its project's directory. */
public sealed interface Span {

    /** The thread. */
    ThreadId thread();

    /** The checkpoint at its start. */
    String fromRef();

    /** The checkpoint at its end. */
    String toRef();

    /**
     * A turn.
     *
     * @param thread its thread
     * @param fromRef the checkpoint before it
     * @param toRef the checkpoint after it
     */
    record OfTurn(ThreadId thread, String fromRef, String toRef) implements Span {}

    /**
     * A restore.
     *
     * @param thread its thread
     * @param restoreId its id: {@link RestoreRecords} know what it did
     * @param fromRef its safety checkpoint
     * @param toRef what it brought back, as far as it did
     */
    record OfRestore(ThreadId thread, OperationId restoreId, String fromRef, String toRef)
            implements Span {}
}
