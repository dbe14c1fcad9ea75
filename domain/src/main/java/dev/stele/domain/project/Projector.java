package dev.stele.domain.project;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.*;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;

/**
 * Folds facts into the read model. Total and pure: a stored fact is never refused, and one about
 * something that is not there changes nothing. A table of contents.
 */
public final class Projector {

    /**
     * Counts the ways in which facts were ever folded: models that another version made are not to
     * be gone on from. Raised with every change of the fold, or of what the model holds.
     */
    public static final int VERSION = 3;

    private Projector() {}

    /**
     * {@return the model after a stored fact; it stands at that fact's sequence}
     *
     * @param model the model before
     * @param stored the fact with its place
     */
    public static OrchestrationReadModel project(OrchestrationReadModel model, StoredEvent stored) {
        return project(model, stored.event()).atSequence(stored.sequence());
    }

    /**
     * {@return the model after a fact, at the same sequence as before}
     *
     * @param model the model before
     * @param event the fact, which stands in the log at the place after the model's
     */
    public static OrchestrationReadModel project(
            OrchestrationReadModel model, OrchestrationEvent event) {
        return switch (event) {
            case TurnEvent e -> turn(model, e);
            case ApprovalEvent e -> ApprovalFold.project(model, e);
            case ThreadEvent e -> thread(model, e);
            case QueueEvent e -> QueueFold.project(model, e);
            case CheckpointEvent e -> checkpoint(model, e);
            case OperationEvent e -> operation(model, e);
            case ProjectEvent e -> project(model, e);
            case LogEvent e -> log(model, e);
        };
    }

    private static OrchestrationReadModel project(
            OrchestrationReadModel model, ProjectEvent event) {
        return switch (event) {
            case ProjectCreated e -> ProjectFold.created(model, e);
            case ProjectDeleted e -> Deletions.project(model, e);
            case ProjectRenamed e -> ProjectFold.renamed(model, e);
            case ProjectPolicySet e -> ProjectFold.policy(model, e);
        };
    }

    private static OrchestrationReadModel log(OrchestrationReadModel model, LogEvent event) {
        return switch (event) {
            case UnknownEvent _ -> model;
            case UnreadableEvent e -> LogFold.unreadable(model, e);
            case WriterChanged e -> LogFold.writer(model, e);
            case LogLossAccepted e -> LogFold.lossAccepted(model, e);
            case LogCompacted _, TextErased _, AbsorbedEvent _ -> model;
        };
    }

    private static OrchestrationReadModel thread(OrchestrationReadModel model, ThreadEvent event) {
        return switch (event) {
            case ThreadCreated e -> ThreadFold.created(model, e);
            case ThreadDeleted e -> Deletions.thread(model, e.threadId(), e.at());
            case ThreadSelected e -> ThreadFold.selected(model, e);
            case ThreadStatusChanged e -> ThreadFold.status(model, e);
            case SessionUpdated e -> ThreadFold.session(model, e);
            case UsageUpdated e -> ThreadFold.usage(model, e);
            case NoticeRecorded _ -> model;
            case ThreadPolicySet e -> ThreadFold.policy(model, e);
        };
    }

    private static OrchestrationReadModel turn(OrchestrationReadModel model, TurnEvent event) {
        return switch (event) {
            case MessageChunkReceived _, MessageAppended _, ToolCallUpdated _, PlanUpdated _ ->
                    TurnFold.said(model, event);
            case TurnStarted e -> TurnFold.started(model, e);
            case RetryReported _ -> model;
            case TurnCompleted e -> TurnFold.completed(model, e);
            case TurnFailed e -> TurnFold.failed(model, e);
            case TurnInterrupted e -> TurnFold.interrupted(model, e);
            case TurnDrained e -> TurnFold.drained(model, e);
        };
    }

    private static OrchestrationReadModel checkpoint(
            OrchestrationReadModel model, CheckpointEvent event) {
        return switch (event) {
            case CheckpointCreated e -> CheckpointFold.created(model, e);
            case CheckpointGitRefAssigned e -> CheckpointFold.assigned(model, e);
            case CheckpointFailed e -> CheckpointFold.failed(model, e);
            case CheckpointsThinned e -> CheckpointFold.thinned(model, e);
            case CheckpointRestoreRequested e -> RestoreFold.requested(model, e);
            case CheckpointRestored e -> RestoreFold.restored(model, e);
            case CheckpointRestoreFailed e -> RestoreFold.failed(model, e);
        };
    }

    private static OrchestrationReadModel operation(
            OrchestrationReadModel model, OperationEvent event) {
        return switch (event) {
            case CommitRequested e -> OperationFold.commit(model, e);
            case ChangesCommitted e -> OperationFold.committed(model, e);
            case CommitFailed e -> OperationFold.failed(model, e.commitId(), e.why(), e.at());
            case BranchRequested e -> OperationFold.branch(model, e);
            case BranchCreated e ->
                    OperationFold.recorded(model, e.operationId(), e.gitRef(), e.at());
            case BranchCreationFailed e ->
                    OperationFold.failed(model, e.operationId(), e.why(), e.at());
            case PushRequested e -> OperationFold.push(model, e);
            case BranchPushed e ->
                    OperationFold.recorded(model, e.operationId(), e.gitRef(), e.at());
            case PushFailed e -> OperationFold.failed(model, e.operationId(), e.why(), e.at());
            case CleanupCompleted e -> OperationFold.cleaned(model, e);
            case CleanupFailed e -> OperationFold.failed(model, e.operationId(), e.why(), e.at());
        };
    }
}
