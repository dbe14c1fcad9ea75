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
     * @param repair whether what can be put right is put right
     */
    CheckpointReport examine(OrchestrationReadModel model, boolean repair);
}
