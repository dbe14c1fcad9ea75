package dev.stele.domain.project;

import static java.util.Objects.requireNonNullElseGet;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestoreFailed;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestoreRequested;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestored;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Lanes.Work.OperationWork;
import dev.stele.domain.model.Operation.Restore;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Turn;
import io.vavr.collection.HashSet;
import org.jspecify.annotations.Nullable;

/** What facts about restores change. */
final class RestoreFold {

    private RestoreFold() {}

    static OrchestrationReadModel requested(
            OrchestrationReadModel model, CheckpointRestoreRequested e) {
        Checkpoint checkpoint = model.checkpoint(e.checkpointId());
        ChatThread thread = checkpoint == null ? null : model.thread(checkpoint.threadId());
        Place place = thread == null ? null : model.placeOf(thread.id());
        if (thread == null || place == null || model.operation(e.restoreId()) != null) {
            return model;
        }
        var restore =
                new Restore(
                        e.restoreId(),
                        thread.id(),
                        e.checkpointId(),
                        e.safetyCheckpointId(),
                        e.scope(),
                        requireNonNullElseGet(e.selection(), ChangeSelection.All::new),
                        model.lanes().nextTicket(),
                        e.at(),
                        new OperationState.Open());
        return model.with(restore)
                .with(thread.plusOperation(restore.id()))
                .withLanes(model.lanes().plus(new OperationWork(place, restore.id())));
    }

    static OrchestrationReadModel restored(OrchestrationReadModel model, CheckpointRestored e) {
        if (!(model.operation(e.restoreId()) instanceof Restore restore) || !restore.isOpen()) {
            return model;
        }
        OrchestrationReadModel settled =
                OperationFold.settled(
                        model, restore, new OperationState.Restored(e.summary(), e.at()));
        return restore.scope().includesConversation()
                ? withConversation(settled, restore)
                : settled;
    }

    static OrchestrationReadModel failed(OrchestrationReadModel model, CheckpointRestoreFailed e) {
        return OperationFold.failed(model, e.restoreId(), e.why(), e.at());
    }

    /** Puts the conversation back to the checkpoint's place: undoing is the same thing again. */
    private static OrchestrationReadModel withConversation(
            OrchestrationReadModel model, Restore restore) {
        Checkpoint checkpoint = model.checkpoint(restore.checkpointId());
        ChatThread thread = model.thread(restore.threadId());
        if (checkpoint == null || thread == null) {
            return model;
        }
        HashSet<TurnId> kept = conversation(model, checkpoint.place());
        OrchestrationReadModel result = model.with(thread.withConversation(checkpoint.place()));
        for (TurnId id : thread.turns()) {
            Turn turn = result.turn(id);
            if (turn != null && turn.rolledBack() == kept.contains(id)) {
                result = result.with(turn.withRolledBack(!kept.contains(id)));
            }
        }
        return result;
    }

    private static HashSet<TurnId> conversation(
            OrchestrationReadModel model, @Nullable TurnId newest) {
        HashSet<TurnId> turns = HashSet.empty();
        Turn turn = newest == null ? null : model.turn(newest);
        while (turn != null) {
            turns = turns.add(turn.id());
            TurnId parent = turn.parent();
            turn = parent == null ? null : model.turn(parent);
        }
        return turns;
    }
}
