package dev.stele.domain.decide;

import dev.stele.contracts.OperationId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.OperationAlreadyExists;
import dev.stele.domain.model.Operation.Cleanup.Subject;
import dev.stele.domain.model.OrchestrationReadModel;
import org.jspecify.annotations.Nullable;

/** Which ids a new operation may have. */
final class OperationIds {

    private OperationIds() {}

    /** Null when the id may be used, else the refusal. */
    static @Nullable DeciderError check(
            String field, OperationId id, OrchestrationReadModel model) {
        for (Subject subject : Subject.values()) {
            if (id.value().endsWith(subject.suffix())) {
                return new InvalidInput(field, "an id with this end is made by deletions.");
            }
        }
        return UsedIds.contains(id, model) ? new OperationAlreadyExists(id) : null;
    }
}
