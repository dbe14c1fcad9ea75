package dev.stele.domain.project;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointCreated;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointFailed;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointGitRefAssigned;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointsThinned;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Lanes.Work.CheckpointWork;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Turn;
import org.jspecify.annotations.Nullable;

/** What facts about checkpoints change. */
final class CheckpointFold {

    private CheckpointFold() {}

    static OrchestrationReadModel created(OrchestrationReadModel model, CheckpointCreated e) {
        ChatThread thread = model.thread(e.threadId());
        Place place = model.placeOf(e.threadId());
        if (thread == null || place == null || model.checkpoint(e.checkpointId()) != null) {
            return model;
        }
        Turn turn = e.turnId() == null ? null : model.turn(e.turnId());
        boolean before = turn != null && e.checkpointId().equals(CheckpointId.before(turn.id()));
        boolean after = isAfter(e.checkpointId(), turn);
        boolean ownPlace = !before && !after && !e.checkpointId().isSafety();
        var checkpoint =
                new Checkpoint(
                        e.checkpointId(),
                        thread.id(),
                        e.turnId(),
                        place(thread, turn, before),
                        turn != null && !ownPlace ? turn.ticket() : model.lanes().nextTicket(),
                        e.description(),
                        e.at(),
                        new CheckpointState.Pending());
        OrchestrationReadModel known =
                model.with(checkpoint).with(thread.plusCheckpoint(checkpoint.id()));
        return ownPlace
                ? known.withLanes(known.lanes().plus(new CheckpointWork(place, checkpoint.id())))
                : known;
    }

    private static @Nullable TurnId place(ChatThread thread, @Nullable Turn turn, boolean before) {
        if (turn == null) {
            return thread.conversation();
        }
        return before ? turn.parent() : turn.id();
    }

    private static boolean isAfter(CheckpointId id, @Nullable Turn turn) {
        return turn != null && id.equals(CheckpointId.after(turn.id()));
    }

    static OrchestrationReadModel assigned(
            OrchestrationReadModel model, CheckpointGitRefAssigned e) {
        return settled(
                model, e.checkpointId(), new CheckpointState.Ready(e.gitRef(), e.stats(), e.at()));
    }

    static OrchestrationReadModel failed(OrchestrationReadModel model, CheckpointFailed e) {
        return settled(model, e.checkpointId(), new CheckpointState.Failed(e.why(), e.at()));
    }

    static OrchestrationReadModel thinned(OrchestrationReadModel model, CheckpointsThinned e) {
        Project project = model.project(e.projectId());
        if (project == null || model.operation(e.operationId()) != null) {
            return model;
        }
        var thinned = new CheckpointState.Thinned(e.policy(), e.at());
        OrchestrationReadModel result = model;
        for (CheckpointId id : e.checkpoints()) {
            Checkpoint checkpoint = result.checkpoint(id);
            if (checkpoint != null && checkpoint.state() instanceof CheckpointState.Ready) {
                result = result.with(checkpoint.withState(thinned));
            }
        }
        var thinning =
                new Operation.Thinning(
                        e.operationId(),
                        project.id(),
                        e.policy(),
                        e.checkpoints(),
                        e.at(),
                        new OperationState.Open());
        return result.with(thinning).with(project.plusOperation(thinning.id()));
    }

    private static OrchestrationReadModel settled(
            OrchestrationReadModel model, CheckpointId id, CheckpointState state) {
        Checkpoint checkpoint = model.checkpoint(id);
        if (checkpoint == null || !checkpoint.isPending()) {
            return model;
        }
        OrchestrationReadModel settled = model.with(checkpoint.withState(state));
        return endsItsWork(model, checkpoint)
                ? settled.withLanes(settled.lanes().minus(checkpoint.ticket()))
                : settled;
    }

    /** A turn's work ends with its last checkpoint, and a lone checkpoint is its own work. */
    private static boolean endsItsWork(OrchestrationReadModel model, Checkpoint checkpoint) {
        Turn turn = checkpoint.turnId() == null ? null : model.turn(checkpoint.turnId());
        return isAfter(checkpoint.id(), turn)
                || (model.lanes().open().getOrElse(checkpoint.ticket(), null)
                                instanceof CheckpointWork(_, var id)
                        && id.equals(checkpoint.id()));
    }
}
