package dev.stele.domain.port;

import dev.stele.domain.model.OrchestrationReadModel;

/**
 * Looks after what checkpoints leave in repositories. It touches nothing but what is Stele's own.
 * Thread-safe.
 */
public interface CheckpointCare {

    /**
     * {@return what checkpoints take up in the repositories of all projects, and what is wrong with
     * them}
     *
     * @param model tells the projects, and the checkpoints that are theirs
     * @param repair what is put right
     */
    CheckpointReport examine(OrchestrationReadModel model, Repair repair);

    /** What is put right. */
    enum Repair {
        /** Nothing. */
        NONE,
        /** What crashes have left is removed. */
        LEFTOVERS,
        /**
         * What crashes have left is removed, and repositories of Stele's own are packed anew. Only
         * for the process that takes the checkpoints.
         */
        ALL
    }
}
