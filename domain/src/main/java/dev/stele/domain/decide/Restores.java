package dev.stele.domain.decide;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.CheckpointNotFound;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.OperationAlreadySettled;
import dev.stele.domain.command.DeciderError.OperationNotFound;
import dev.stele.domain.command.DeciderError.RestoreInProgress;
import dev.stele.domain.command.DeciderError.ThreadBusy;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteRestore;
import dev.stele.domain.command.OrchestrationCommand.Report.FailRestore;
import dev.stele.domain.command.OrchestrationCommand.RestoreCheckpoint;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointCreated;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointFailed;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestoreFailed;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestoreRequested;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestored;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.Lanes.Work;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.Operation.Restore;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules of a restore: of a ready checkpoint, where nobody is at work. */
final class Restores {

    private static final String UNTAKEN = "Its restore ended before it was taken.";

    private Restores() {}

    static Decision request(RestoreCheckpoint c, OrchestrationReadModel model) {
        CheckpointId safety = CheckpointId.safety(c.restoreId());
        DeciderError refusal =
                Fields.first(
                        Selections.check("selection", c.selection()),
                        OperationIds.check("restoreId", c.restoreId(), model));
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        if (UsedIds.contains(safety, model)) {
            return Decision.reject(
                    new InvalidInput("restoreId", "its safety checkpoint's name is taken."));
        }
        Checkpoint checkpoint = model.checkpoint(c.checkpointId());
        if (checkpoint == null) {
            return Decision.reject(new CheckpointNotFound(c.checkpointId()));
        }
        DeciderError obstacle =
                Fields.first(
                        Checkpoints.unusable(checkpoint),
                        Nodes.elsewhere(checkpoint.threadId(), model),
                        obstacle(c, checkpoint.threadId(), model));
        return obstacle != null
                ? Decision.reject(obstacle)
                : new Decision.Accepted(requested(c, checkpoint, safety, model));
    }

    private static List<OrchestrationEvent> requested(
            RestoreCheckpoint c,
            Checkpoint checkpoint,
            CheckpointId safety,
            OrchestrationReadModel model) {
        List<OrchestrationEvent> events = new ArrayList<>();
        events.add(
                new CheckpointCreated(
                        safety,
                        checkpoint.threadId(),
                        null,
                        "before the restore of " + checkpoint.id(),
                        c.at()));
        events.add(
                new CheckpointRestoreRequested(
                        c.restoreId(), checkpoint.id(), safety, c.scope(), c.selection(), c.at()));
        ChatThread thread = model.thread(checkpoint.threadId());
        if (thread != null) {
            events.addAll(Queues.held(thread, HoldCause.RESTORED, c.at()));
        }
        return events;
    }

    private static @Nullable DeciderError obstacle(
            RestoreCheckpoint c, ThreadId threadId, OrchestrationReadModel model) {
        Place place = model.placeOf(threadId);
        if (!c.scope().includesFiles() || place == null) {
            return busy(model.thread(threadId));
        }
        for (Work work : model.lanes().open().values()) {
            Turn turn = work instanceof TurnWork(_, var turnId) ? model.turn(turnId) : null;
            DeciderError busy = turn == null ? null : busy(model.thread(turn.threadId()));
            if (busy != null && work.place().overlaps(place)) {
                return busy;
            }
        }
        OperationId restore = underWay(model, place::overlaps);
        return restore == null ? null : new RestoreInProgress(restore);
    }

    private static @Nullable DeciderError busy(@Nullable ChatThread thread) {
        var open = thread == null ? null : thread.openTurn();
        return thread == null || open == null ? null : new ThreadBusy(thread.id(), open);
    }

    /** A restore that is under way in a project, or null. */
    static @Nullable OperationId underWayIn(ProjectId projectId, OrchestrationReadModel model) {
        var project = model.project(projectId);
        return project == null ? null : underWay(model, project.place()::isSame);
    }

    private static @Nullable OperationId underWay(
            OrchestrationReadModel model, Predicate<Place> where) {
        for (OperationId id : model.openOperations()) {
            if (model.operation(id) instanceof Restore restore) {
                Place place = model.placeOf(restore.threadId());
                if (place != null && where.test(place)) {
                    return id;
                }
            }
        }
        return null;
    }

    static Decision complete(CompleteRestore r, OrchestrationReadModel model) {
        return settle(
                r.restoreId(),
                model,
                new CheckpointRestored(r.restoreId(), r.summary(), r.at()),
                r.at());
    }

    static Decision fail(FailRestore r, OrchestrationReadModel model) {
        InvalidInput invalid = Fields.notBlank("why", r.why());
        return invalid != null
                ? Decision.reject(invalid)
                : settle(
                        r.restoreId(),
                        model,
                        new CheckpointRestoreFailed(r.restoreId(), r.why(), r.at()),
                        r.at());
    }

    private static Decision settle(
            OperationId id, OrchestrationReadModel model, CheckpointEvent result, Instant at) {
        if (!(model.operation(id) instanceof Restore restore)) {
            return Decision.reject(new OperationNotFound(id));
        }
        return restore.isOpen()
                ? new Decision.Accepted(end(restore, model, result, at))
                : Decision.reject(new OperationAlreadySettled(id));
    }

    /** A safety checkpoint that is still pending would be waited for by nobody. */
    static List<OrchestrationEvent> end(
            Restore restore, OrchestrationReadModel model, CheckpointEvent result, Instant at) {
        Checkpoint safety = model.checkpoint(restore.safetyCheckpointId());
        return safety != null && safety.isPending()
                ? List.of(new CheckpointFailed(safety.id(), UNTAKEN, at), result)
                : List.of(result);
    }
}
