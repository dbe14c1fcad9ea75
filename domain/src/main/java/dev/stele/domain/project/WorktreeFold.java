package dev.stele.domain.project;

import static java.util.Objects.requireNonNullElseGet;

import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeAdded;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeFailed;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeMergeRequested;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeMerged;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeRemovalRequested;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeRemoved;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeRequested;
import dev.stele.domain.model.Lanes.Work.OperationWork;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.Operation.AddWorktree;
import dev.stele.domain.model.Operation.MergeWorktree;
import dev.stele.domain.model.Operation.OfWorktree;
import dev.stele.domain.model.Operation.RemoveWorktree;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import dev.stele.domain.model.Worktree.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What facts about worktrees change. Their operations belong to the project whose repository it is,
 * so that they outlive a worktree that never came about.
 */
final class WorktreeFold {

    private WorktreeFold() {}

    static OrchestrationReadModel requested(OrchestrationReadModel model, WorktreeRequested e) {
        Project own = model.project(e.worktreeId());
        if (own == null || model.project(e.projectId()) == null) {
            return model;
        }
        Standing standing = own.worktree() == null ? Standing.NEW : Standing.RETURNING;
        var add =
                new AddWorktree(
                        e.operationId(),
                        e.projectId(),
                        own.id(),
                        e.from(),
                        model.lanes().nextTicket(),
                        e.at(),
                        new OperationState.Open());
        return begun(
                model,
                add,
                own.withWorktree(new Worktree(e.projectId(), e.top(), e.branch(), standing)));
    }

    static OrchestrationReadModel added(OrchestrationReadModel model, WorktreeAdded e) {
        return model.operation(e.operationId()) instanceof AddWorktree add
                ? done(model, add, Standing.THERE, e.gitRef(), e.at())
                : model;
    }

    static OrchestrationReadModel removalRequested(
            OrchestrationReadModel model, WorktreeRemovalRequested e) {
        Project own = model.project(e.worktreeId());
        Worktree worktree = own == null ? null : own.worktree();
        if (own == null || worktree == null) {
            return model;
        }
        var removal =
                new RemoveWorktree(
                        e.operationId(),
                        worktree.projectId(),
                        own.id(),
                        e.checkpointId(),
                        List.of(),
                        model.lanes().nextTicket(),
                        e.at(),
                        new OperationState.Open());
        return begun(model, removal, own.withWorktree(worktree.with(Standing.LEAVING)));
    }

    static OrchestrationReadModel removed(OrchestrationReadModel model, WorktreeRemoved e) {
        return model.operation(e.operationId()) instanceof RemoveWorktree removal
                ? done(model, removal, Standing.REMOVED, e.gitRef(), e.at())
                : model;
    }

    static OrchestrationReadModel mergeRequested(
            OrchestrationReadModel model, WorktreeMergeRequested e) {
        Project own = model.project(e.worktreeId());
        Worktree worktree = own == null ? null : own.worktree();
        if (own == null || worktree == null) {
            return model;
        }
        var merge =
                new MergeWorktree(
                        e.operationId(),
                        worktree.projectId(),
                        own.id(),
                        List.of(),
                        model.lanes().nextTicket(),
                        e.at(),
                        new OperationState.Open());
        return begun(model, merge, own);
    }

    static OrchestrationReadModel merged(OrchestrationReadModel model, WorktreeMerged e) {
        return model.operation(e.operationId()) instanceof MergeWorktree merge
                ? done(model, merge, null, e.gitRef(), e.at())
                : model;
    }

    static OrchestrationReadModel failed(OrchestrationReadModel model, WorktreeFailed e) {
        Operation operation = model.operation(e.operationId());
        if (!(operation instanceof OfWorktree work) || !work.isOpen()) {
            return model;
        }
        List<String> paths = requireNonNullElseGet(e.paths(), List::of);
        var result = new OperationState.Failed(e.why(), e.at());
        return switch (work) {
            case AddWorktree add -> settled(model, add, Standing.REMOVED, result);
            case RemoveWorktree removal ->
                    settled(model, removal.withPaths(paths), Standing.THERE, result);
            case MergeWorktree merge -> settled(model, merge.withPaths(paths), null, result);
        };
    }

    private static OrchestrationReadModel begun(
            OrchestrationReadModel model, OfWorktree operation, Project own) {
        Project parent = model.project(operation.projectId());
        if (parent == null || model.operation(operation.id()) != null) {
            return model;
        }
        OrchestrationReadModel known =
                model.with(operation).with(own).with(parent.plusOperation(operation.id()));
        var place = operation instanceof MergeWorktree ? parent.place() : own.place();
        return known.withLanes(known.lanes().plus(new OperationWork(place, operation.id())));
    }

    private static OrchestrationReadModel done(
            OrchestrationReadModel model,
            OfWorktree operation,
            @Nullable Standing standing,
            String gitRef,
            Instant at) {
        return settled(model, operation, standing, new OperationState.Recorded(gitRef, at));
    }

    /**
     * @param standing of the worktree from now on; null when it does not change
     */
    private static OrchestrationReadModel settled(
            OrchestrationReadModel model,
            OfWorktree operation,
            @Nullable Standing standing,
            OperationState result) {
        if (!operation.isOpen()) {
            return model;
        }
        OrchestrationReadModel settled = OperationFold.settled(model, operation, result);
        Project own = settled.project(operation.worktreeId());
        Worktree worktree = own == null ? null : own.worktree();
        return own == null || worktree == null || standing == null
                ? settled
                : settled.with(own.withWorktree(worktree.with(standing)));
    }
}
