package dev.stele.domain.tck;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.ThinningPolicy;
import java.util.List;

/** Refusals of every kind. */
final class SampleErrors {

    private static final ProjectId PROJECT = new ProjectId("prj-1");
    private static final ThreadId THREAD = new ThreadId("thr-1");
    private static final TurnId TURN = new TurnId("trn-1");
    private static final ActionId ACTION = new ActionId("act-1");
    private static final CheckpointId CHECKPOINT = new CheckpointId("cp-1");
    private static final OperationId OPERATION = new OperationId("op-1");

    private SampleErrors() {}

    static List<DeciderError> all() {
        return List.of(
                new InvalidInput("name", "it is blank; give the project a name."),
                new ProjectAlreadyExists(PROJECT),
                new DuplicateProjectPath("/work/stele", PROJECT),
                new ProjectNotFound(PROJECT),
                new ThreadAlreadyExists(THREAD),
                new ThreadNotFound(THREAD),
                new ThreadBusy(THREAD, TURN),
                new TurnAlreadyExists(TURN),
                new TurnNotFound(THREAD, TURN),
                new TurnNotOpen(TURN),
                new NoRunningTurn(THREAD),
                new RestoreInProgress(OPERATION),
                new ActionNotPending(THREAD, ACTION),
                new OptionNotOffered(ACTION, "maybe"),
                new OptionNotOffered(ACTION, null),
                new OptionKindMismatch(ACTION, "reject"),
                new CheckpointAlreadyExists(CHECKPOINT),
                new CheckpointNotFound(CHECKPOINT),
                new CheckpointNotReady(CHECKPOINT),
                new CheckpointThinned(CHECKPOINT, ThinningPolicy.USUAL, Samples.AT),
                new InvalidBranchName("a..b", "it holds two dots in a row."),
                new OperationAlreadyExists(OPERATION),
                new OperationNotFound(OPERATION),
                new OperationAlreadySettled(OPERATION),
                new LogUnreadable(7, 2),
                new NothingLost(7),
                new ProjectElsewhere(PROJECT, "alpha"),
                new PromptNotQueued(THREAD, TURN),
                new PromptAlreadyStarted(TURN),
                new QueueFull(THREAD, 100, 5_000_000_000L),
                new QueueOnHold(THREAD, HoldCause.TURN_FAILED));
    }
}
