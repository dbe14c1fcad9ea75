package dev.stele.app.server;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.Turn;
import org.jspecify.annotations.Nullable;

/** Which thread a fact is about, as far as a model knows. */
public final class Topics {

    private Topics() {}

    /**
     * {@return the thread of a fact; null when it is about none, or about one that is deleted}
     *
     * @param event the fact
     * @param model a model that has seen it
     */
    public static @Nullable ThreadId of(OrchestrationEvent event, OrchestrationReadModel model) {
        return switch (event) {
            case ThreadEvent e -> of(e);
            case QueueEvent e -> of(e, model);
            case TurnStarted e -> e.threadId();
            case TurnEvent e -> turn(e.turnId(), model);
            case ApprovalEvent e -> turn(e.turnId(), model);
            case CheckpointEvent e -> of(e, model);
            case OperationEvent e -> of(e, model);
            case ProjectEvent _, WorktreeEvent _, LogEvent _ -> null;
        };
    }

    private static ThreadId of(ThreadEvent event) {
        return switch (event) {
            case ThreadCreated e -> e.threadId();
            case ThreadDeleted e -> e.threadId();
            case ThreadSelected e -> e.threadId();
            case ThreadStatusChanged e -> e.threadId();
            case SessionUpdated e -> e.threadId();
            case UsageUpdated e -> e.threadId();
            case NoticeRecorded e -> e.threadId();
            case ThreadPolicySet e -> e.threadId();
        };
    }

    private static @Nullable ThreadId of(QueueEvent event, OrchestrationReadModel model) {
        return switch (event) {
            case PromptQueued e -> e.threadId();
            case QueueHeld e -> e.threadId();
            case QueuedPromptEdited e -> turn(e.turnId(), model);
            case QueuedPromptMoved e -> turn(e.turnId(), model);
            case QueuedPromptRemoved e -> turn(e.turnId(), model);
        };
    }

    private static @Nullable ThreadId of(CheckpointEvent event, OrchestrationReadModel model) {
        return switch (event) {
            case CheckpointCreated e -> e.threadId();
            case CheckpointGitRefAssigned e -> checkpoint(e.checkpointId(), model);
            case CheckpointFailed e -> checkpoint(e.checkpointId(), model);
            case CheckpointRestoreRequested e -> operation(e.restoreId(), model);
            case CheckpointRestored e -> operation(e.restoreId(), model);
            case CheckpointRestoreFailed e -> operation(e.restoreId(), model);
            case CheckpointsThinned _ -> null;
        };
    }

    private static @Nullable ThreadId of(OperationEvent event, OrchestrationReadModel model) {
        return switch (event) {
            case CommitRequested e -> e.threadId();
            case ChangesCommitted e -> operation(e.commitId(), model);
            case CommitFailed e -> operation(e.commitId(), model);
            case BranchRequested _,
                    BranchCreated _,
                    BranchCreationFailed _,
                    PushRequested _,
                    BranchPushed _,
                    PushFailed _,
                    CleanupCompleted _,
                    CleanupFailed _ ->
                    null;
        };
    }

    private static @Nullable ThreadId turn(TurnId id, OrchestrationReadModel model) {
        Turn turn = model.turn(id);
        QueuedPrompt queued = turn == null ? model.queuedPrompt(id) : null;
        return turn != null ? turn.threadId() : queued == null ? null : queued.threadId();
    }

    private static @Nullable ThreadId checkpoint(CheckpointId id, OrchestrationReadModel model) {
        Checkpoint checkpoint = model.checkpoint(id);
        return checkpoint == null ? null : checkpoint.threadId();
    }

    private static @Nullable ThreadId operation(OperationId id, OrchestrationReadModel model) {
        return switch (model.operation(id)) {
            case Operation.Restore restore -> restore.threadId();
            case Operation.Commit commit -> commit.threadId();
            case Operation.Branch _,
                    Operation.Push _,
                    Operation.AddWorktree _,
                    Operation.RemoveWorktree _,
                    Operation.MergeWorktree _,
                    Operation.Thinning _,
                    Operation.Cleanup _ ->
                    null;
            case null -> null;
        };
    }
}
