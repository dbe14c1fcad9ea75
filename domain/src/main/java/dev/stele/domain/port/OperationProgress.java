package dev.stele.domain.port;

import dev.stele.contracts.OperationId;

/**
 * Hears how far an operation is that takes long, such as a push. Nothing of it is in the log.
 * Called by the threads that do the work, which wait meanwhile.
 */
@FunctionalInterface
public interface OperationProgress {

    /** Hears nothing. */
    OperationProgress SILENT = (_, _, _) -> {};

    /**
     * There is something to tell.
     *
     * @param id the operation
     * @param line one line for people, in the words of the program that does the work; without
     *     passwords, but with whatever else a remote has sent
     * @param passing whether the next line takes its place
     */
    void told(OperationId id, String line, boolean passing);
}
