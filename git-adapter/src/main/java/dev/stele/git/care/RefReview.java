package dev.stele.git.care;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.git.repository.CheckpointRefs;

/** Tells by the model what refs are there for. */
final class RefReview {

    private final OrchestrationReadModel model;

    RefReview(OrchestrationReadModel model) {
        this.model = model;
    }

    /** What a ref is there for. */
    enum Standing {
        /** A checkpoint of this home. */
        KNOWN,
        /** It is nothing that this home knows of. */
        STRANGE,
        /** Nothing needs it, and nobody is about to delete it. */
        NEEDLESS
    }

    /**
     * What a ref is there for.
     *
     * @param name of a checkpoint's ref
     */
    Standing of(String name) {
        try {
            return ofNamed(name);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Standing.STRANGE; // nothing of Stele's is called so
        }
    }

    private Standing ofNamed(String name) {
        ThreadId thread = CheckpointRefs.thread(name);
        CheckpointId id = CheckpointRefs.checkpoint(name);
        if (model.thread(thread) == null) {
            return model.retired().threads().contains(thread) && !isBeingDeleted(thread)
                    ? Standing.NEEDLESS
                    : Standing.STRANGE;
        }
        Checkpoint checkpoint = model.checkpoint(id);
        if (checkpoint == null || !checkpoint.threadId().equals(thread)) {
            return Standing.KNOWN;
        }
        return switch (checkpoint.state()) {
            case CheckpointState.Pending _, CheckpointState.Ready _ -> Standing.KNOWN;
            case CheckpointState.Failed _ -> Standing.NEEDLESS;
            case CheckpointState.Thinned _ ->
                    isBeingDeleted(id) ? Standing.KNOWN : Standing.NEEDLESS;
        };
    }

    private boolean isBeingDeleted(ThreadId thread) {
        for (OperationId id : model.openOperations()) {
            if (model.operation(id) instanceof Operation.Cleanup cleanup
                    && cleanup.threadId().equals(thread)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBeingDeleted(CheckpointId checkpoint) {
        for (OperationId id : model.openOperations()) {
            if (model.operation(id) instanceof Operation.Thinning thinning
                    && thinning.checkpoints().contains(checkpoint)) {
                return true;
            }
        }
        return false;
    }
}
