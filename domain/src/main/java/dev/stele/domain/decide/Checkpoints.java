package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.CheckpointAlreadyExists;
import dev.stele.domain.command.DeciderError.CheckpointNotReady;
import dev.stele.domain.command.DeciderError.CheckpointThinned;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.OperationAlreadySettled;
import dev.stele.domain.command.DeciderError.OperationNotFound;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.DeciderError.TurnNotFound;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.command.OrchestrationCommand.Report.FailCheckpoint;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointCreated;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointFailed;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointGitRefAssigned;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import org.jspecify.annotations.Nullable;

/** The rules of a checkpoint: asked for once, settled once. */
final class Checkpoints {

    private Checkpoints() {}

    static Decision create(CreateCheckpoint c, OrchestrationReadModel model) {
        DeciderError invalid =
                Fields.first(
                        Fields.notBlank("description", c.description()),
                        notKeptForOthers(c, model));
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        if (model.thread(c.threadId()) == null) {
            return Decision.reject(new ThreadNotFound(c.threadId()));
        }
        Turn turn = c.turnId() == null ? null : model.turn(c.turnId());
        if (c.turnId() != null && (turn == null || !turn.threadId().equals(c.threadId()))) {
            return Decision.reject(new TurnNotFound(c.threadId(), c.turnId()));
        }
        DeciderError refusal =
                Fields.first(
                        UsedIds.contains(c.checkpointId(), model)
                                ? new CheckpointAlreadyExists(c.checkpointId())
                                : null,
                        Nodes.elsewhere(c.threadId(), model));
        return refusal != null
                ? Decision.reject(refusal)
                : accept(
                        new CheckpointCreated(
                                c.checkpointId(),
                                c.threadId(),
                                c.turnId(),
                                c.description(),
                                c.at()));
    }

    /**
     * The names of a turn's own two checkpoints, and of a restore's safety checkpoint, are kept for
     * them: taken for anything else they would stand for a tree that they do not hold.
     */
    private static @Nullable InvalidInput notKeptForOthers(
            CreateCheckpoint c, OrchestrationReadModel model) {
        CheckpointId id = c.checkpointId();
        if (id.isSafety()) {
            return new InvalidInput("checkpointId", "an id with this end is made by restores.");
        }
        return id.isOfATurn() ? notOf(c.turnId(), id, model) : null;
    }

    private static @Nullable InvalidInput notOf(
            @Nullable TurnId turnId, CheckpointId id, OrchestrationReadModel model) {
        boolean after = turnId != null && id.equals(CheckpointId.after(turnId));
        if (turnId == null || !(after || id.equals(CheckpointId.before(turnId)))) {
            return new InvalidInput("checkpointId", "an id with this end is kept for its turn.");
        }
        Turn turn = model.turn(turnId);
        return after && turn != null && turn.state().isLive()
                ? new InvalidInput("checkpointId", "it is kept for the turn's end.")
                : null;
    }

    /** Why what a checkpoint holds cannot be had, or null when it can. */
    static @Nullable DeciderError unusable(Checkpoint checkpoint) {
        return switch (checkpoint.state()) {
            case CheckpointState.Ready _ -> null;
            case CheckpointState.Pending _, CheckpointState.Failed _ ->
                    new CheckpointNotReady(checkpoint.id());
            case CheckpointState.Thinned(var policy, var at) ->
                    new CheckpointThinned(checkpoint.id(), policy, at);
        };
    }

    static Decision assign(AssignCheckpointGitRef r, OrchestrationReadModel model) {
        InvalidInput invalid = Fields.notBlank("gitRef", r.gitRef());
        return invalid != null
                ? Decision.reject(invalid)
                : settle(
                        r.checkpointId(),
                        model,
                        new CheckpointGitRefAssigned(
                                r.checkpointId(), r.gitRef(), r.stats(), r.at()));
    }

    static Decision fail(FailCheckpoint r, OrchestrationReadModel model) {
        InvalidInput invalid = Fields.notBlank("why", r.why());
        return invalid != null
                ? Decision.reject(invalid)
                : settle(
                        r.checkpointId(),
                        model,
                        new CheckpointFailed(r.checkpointId(), r.why(), r.at()));
    }

    private static Decision settle(
            CheckpointId id, OrchestrationReadModel model, OrchestrationEvent result) {
        Checkpoint checkpoint = model.checkpoint(id);
        if (checkpoint == null) {
            return Decision.reject(new OperationNotFound(new OperationId(id.value())));
        }
        return checkpoint.isPending()
                ? accept(result)
                : Decision.reject(new OperationAlreadySettled(new OperationId(id.value())));
    }
}
