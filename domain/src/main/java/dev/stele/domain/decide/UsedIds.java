package dev.stele.domain.decide;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.OrchestrationReadModel;

/** Whether an id is or ever was in use: ids are never reused. */
final class UsedIds {

    private UsedIds() {}

    static boolean contains(ProjectId id, OrchestrationReadModel model) {
        return model.projects().containsKey(id) || model.retired().projects().contains(id);
    }

    static boolean contains(ThreadId id, OrchestrationReadModel model) {
        return model.threads().containsKey(id) || model.retired().threads().contains(id);
    }

    static boolean contains(TurnId id, OrchestrationReadModel model) {
        return model.turns().contains(id)
                || model.queued().containsKey(id)
                || model.retired().turns().contains(id);
    }

    static boolean contains(CheckpointId id, OrchestrationReadModel model) {
        return model.checkpoints().containsKey(id) || model.retired().checkpoints().contains(id);
    }

    static boolean contains(OperationId id, OrchestrationReadModel model) {
        return model.operations().containsKey(id) || model.retired().operations().contains(id);
    }
}
