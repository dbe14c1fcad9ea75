package dev.stele.domain.project;

import static java.util.Objects.requireNonNullElseGet;

import dev.stele.contracts.OperationId;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.BranchRequested;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.ChangesCommitted;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CleanupCompleted;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CommitRequested;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.PushRequested;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Lanes.Work.OperationWork;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.Operation.Branch;
import dev.stele.domain.model.Operation.Commit;
import dev.stele.domain.model.Operation.Push;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Project;
import java.time.Instant;
import java.util.List;

/** What facts about outside work change. */
final class OperationFold {

    private OperationFold() {}

    static OrchestrationReadModel commit(OrchestrationReadModel model, CommitRequested e) {
        ChatThread thread = model.thread(e.threadId());
        Place place = model.placeOf(e.threadId());
        if (thread == null || place == null || model.operation(e.commitId()) != null) {
            return model;
        }
        var commit =
                new Commit(
                        e.commitId(),
                        thread.id(),
                        e.message(),
                        requireNonNullElseGet(e.selection(), ChangeSelection.Own::new),
                        model.lanes().nextTicket(),
                        e.at(),
                        List.of(),
                        new OperationState.Open());
        return model.with(commit)
                .with(thread.plusOperation(commit.id()))
                .withLanes(model.lanes().plus(new OperationWork(place, commit.id())));
    }

    static OrchestrationReadModel committed(OrchestrationReadModel model, ChangesCommitted e) {
        return model.operation(e.commitId()) instanceof Commit commit
                ? settled(
                        model,
                        commit.withLeft(requireNonNullElseGet(e.left(), List::of)),
                        new OperationState.Recorded(e.gitRef(), e.at()))
                : recorded(model, e.commitId(), e.gitRef(), e.at());
    }

    static OrchestrationReadModel branch(OrchestrationReadModel model, BranchRequested e) {
        Project project = model.project(e.projectId());
        if (project == null || model.operation(e.operationId()) != null) {
            return model;
        }
        var branch =
                new Branch(
                        e.operationId(),
                        project.id(),
                        e.name(),
                        e.from(),
                        e.at(),
                        new OperationState.Open());
        return model.with(branch).with(project.plusOperation(branch.id()));
    }

    static OrchestrationReadModel push(OrchestrationReadModel model, PushRequested e) {
        Project project = model.project(e.projectId());
        if (project == null || model.operation(e.operationId()) != null) {
            return model;
        }
        var push =
                new Push(
                        e.operationId(),
                        project.id(),
                        e.branch(),
                        e.remote(),
                        e.lease(),
                        e.at(),
                        new OperationState.Open());
        return model.with(push).with(project.plusOperation(push.id()));
    }

    static OrchestrationReadModel recorded(
            OrchestrationReadModel model, OperationId id, String gitRef, Instant at) {
        Operation operation = model.operation(id);
        return operation == null
                ? model
                : settled(model, operation, new OperationState.Recorded(gitRef, at));
    }

    static OrchestrationReadModel failed(
            OrchestrationReadModel model, OperationId id, String why, Instant at) {
        Operation operation = model.operation(id);
        return operation == null
                ? model
                : settled(model, operation, new OperationState.Failed(why, at));
    }

    static OrchestrationReadModel cleaned(OrchestrationReadModel model, CleanupCompleted e) {
        Operation operation = model.operation(e.operationId());
        return operation == null
                ? model
                : settled(model, operation, new OperationState.Cleaned(e.at()));
    }

    /** An operation gets one result; its place in the lanes is free then. */
    static OrchestrationReadModel settled(
            OrchestrationReadModel model, Operation operation, OperationState result) {
        if (!operation.isOpen()) {
            return model;
        }
        OrchestrationReadModel settled = model.with(operation.withState(result));
        return switch (operation) {
            case Operation.Restore restore ->
                    settled.withLanes(settled.lanes().minus(restore.ticket()));
            case Commit commit -> settled.withLanes(settled.lanes().minus(commit.ticket()));
            case Branch _, Push _, Operation.Thinning _, Operation.Cleanup _ -> settled;
        };
    }
}
