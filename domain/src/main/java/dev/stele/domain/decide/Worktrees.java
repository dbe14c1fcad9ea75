package dev.stele.domain.decide;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.DuplicateProjectPath;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.NotAWorktree;
import dev.stele.domain.command.DeciderError.OperationAlreadySettled;
import dev.stele.domain.command.DeciderError.OperationNotFound;
import dev.stele.domain.command.DeciderError.ProjectAlreadyExists;
import dev.stele.domain.command.DeciderError.ProjectNotFound;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.DeciderError.WorktreeInProgress;
import dev.stele.domain.command.DeciderError.WorktreeNotThere;
import dev.stele.domain.command.DeciderError.WorktreeStillThere;
import dev.stele.domain.command.OrchestrationCommand.Report.FailWorktree;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordWorktree;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.AddWorktree;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.MergeWorktree;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.RemoveWorktree;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointCreated;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointFailed;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeAdded;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeFailed;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeMergeRequested;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeMerged;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeRemovalRequested;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeRemoved;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent.WorktreeRequested;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Directories;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.Operation.OfWorktree;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import dev.stele.domain.model.Worktree.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of linked working trees: each a project of its own, of another project's repository.
 */
final class Worktrees {

    private static final String UNTAKEN = "The removal of its worktree ended before it was taken.";

    private Worktrees() {}

    static Decision add(AddWorktree c, OrchestrationReadModel model) {
        Project parent = model.project(c.projectId());
        if (parent == null) {
            return Decision.reject(new ProjectNotFound(c.projectId()));
        }
        DeciderError refusal =
                Fields.first(
                        malformed(c),
                        parent.worktree() == null
                                ? null
                                : new InvalidInput(
                                        "projectId",
                                        "it is a worktree itself; name the project that it is of."),
                        OperationIds.check("operationId", c.operationId(), model),
                        Nodes.elsewhere(parent.id(), model),
                        taken(c, parent, model),
                        underWay(c.worktreeId(), model));
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        List<OrchestrationEvent> events = new ArrayList<>();
        if (model.project(c.worktreeId()) == null) {
            events.add(
                    new ProjectCreated(c.worktreeId(), c.name(), c.path(), parent.node(), c.at()));
        }
        events.add(
                new WorktreeRequested(
                        c.operationId(),
                        c.worktreeId(),
                        parent.id(),
                        c.top(),
                        c.branch(),
                        c.from(),
                        c.at()));
        return new Decision.Accepted(events);
    }

    private static @Nullable DeciderError malformed(AddWorktree c) {
        return Fields.first(
                Fields.notBlank("name", c.name()),
                Projects.absolute(c.path()),
                Directories.isAbsolute(c.top()) && Directories.holds(c.top(), c.path())
                        ? null
                        : new InvalidInput("top", "it is no absolute path that holds the path."),
                Operations.branchName(c.branch()),
                c.from() == null ? null : Operations.notAnOption("from", c.from()));
    }

    /** A worktree that was there before comes back as it was; anything else needs a new id. */
    private static @Nullable DeciderError taken(
            AddWorktree c, Project parent, OrchestrationReadModel model) {
        Project known = model.project(c.worktreeId());
        if (known != null) {
            Worktree worktree = known.worktree();
            boolean same =
                    worktree != null
                            && worktree.projectId().equals(parent.id())
                            && worktree.top().equals(c.top())
                            && worktree.branch().equals(c.branch())
                            && known.path().equals(c.path());
            return same ? null : new ProjectAlreadyExists(c.worktreeId());
        }
        ProjectId owner = model.projectAt(new Place(c.path(), parent.node()));
        return UsedIds.contains(c.worktreeId(), model)
                ? new ProjectAlreadyExists(c.worktreeId())
                : owner == null ? null : new DuplicateProjectPath(c.path(), owner);
    }

    static Decision remove(RemoveWorktree c, OrchestrationReadModel model) {
        Project own = model.project(c.worktreeId());
        if (own == null) {
            return Decision.reject(new ProjectNotFound(c.worktreeId()));
        }
        CheckpointId checkpoint =
                c.threadId() == null ? null : CheckpointId.safety(c.operationId());
        DeciderError refusal =
                Fields.first(
                        ready(c.operationId(), own, model),
                        notThere(own.id(), model),
                        notOf(own, c.threadId(), model),
                        checkpoint != null && UsedIds.contains(checkpoint, model)
                                ? new InvalidInput("operationId", "its checkpoint's name is taken.")
                                : null);
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        List<OrchestrationEvent> events = new ArrayList<>();
        if (c.threadId() != null && checkpoint != null) {
            events.add(
                    new CheckpointCreated(
                            checkpoint,
                            c.threadId(),
                            null,
                            "before the removal of the worktree " + own.name(),
                            c.at()));
        }
        events.add(new WorktreeRemovalRequested(c.operationId(), own.id(), checkpoint, c.at()));
        return new Decision.Accepted(events);
    }

    private static @Nullable DeciderError notOf(
            Project own, @Nullable ThreadId threadId, OrchestrationReadModel model) {
        ChatThread thread = threadId == null ? null : model.thread(threadId);
        return threadId == null || (thread != null && thread.projectId().equals(own.id()))
                ? null
                : new ThreadNotFound(threadId);
    }

    static Decision merge(MergeWorktree c, OrchestrationReadModel model) {
        Project own = model.project(c.worktreeId());
        Worktree worktree = own == null ? null : own.worktree();
        Project parent = worktree == null ? null : model.project(worktree.projectId());
        if (own == null) {
            return Decision.reject(new ProjectNotFound(c.worktreeId()));
        }
        DeciderError refusal =
                Fields.first(
                        ready(c.operationId(), own, model),
                        parent == null ? null : Restores.atWork(parent.place(), model));
        return refusal != null
                ? Decision.reject(refusal)
                : Decision.accept(new WorktreeMergeRequested(c.operationId(), own.id(), c.at()));
    }

    /** Why nothing can be done with a worktree as a whole now, or null. */
    private static @Nullable DeciderError ready(
            OperationId id, Project own, OrchestrationReadModel model) {
        return Fields.first(
                own.worktree() == null ? new NotAWorktree(own.id()) : null,
                OperationIds.check("operationId", id, model),
                Nodes.elsewhere(own.id(), model),
                underWay(own.id(), model),
                Restores.atWork(own.place(), model));
    }

    private static @Nullable DeciderError underWay(
            ProjectId worktreeId, OrchestrationReadModel model) {
        for (OperationId id : model.openOperations()) {
            if (model.operation(id) instanceof OfWorktree work
                    && work.worktreeId().equals(worktreeId)) {
                return new WorktreeInProgress(worktreeId, id);
            }
        }
        return null;
    }

    /** Why a worktree cannot be forgotten, or null when it can, or the project is none. */
    static @Nullable DeciderError stillThere(Project project, OrchestrationReadModel model) {
        Worktree worktree = project.worktree();
        if (worktree == null) {
            return null;
        }
        return Fields.first(
                underWay(project.id(), model),
                worktree.standing() == Standing.REMOVED
                        ? null
                        : new WorktreeStillThere(project.id()));
    }

    /** Why there can be no work in the directory of a project, or null when there can. */
    static @Nullable DeciderError notThere(ProjectId id, OrchestrationReadModel model) {
        Project project = model.project(id);
        Worktree worktree = project == null ? null : project.worktree();
        return worktree == null || worktree.takesWork() ? null : new WorktreeNotThere(id);
    }

    /** Why there can be no work in the directory of a thread, or null when there can. */
    static @Nullable DeciderError notThere(ThreadId id, OrchestrationReadModel model) {
        ChatThread thread = model.thread(id);
        return thread == null ? null : notThere(thread.projectId(), model);
    }

    /** The worktrees of a project, in the order of their ids. */
    static List<Project> of(ProjectId id, OrchestrationReadModel model) {
        return model.projects()
                .values()
                .toJavaStream()
                .filter(project ->
                        project.worktree() != null && project.worktree().projectId().equals(id))
                .sorted((a, b) -> a.id().value().compareTo(b.id().value()))
                .toList();
    }

    static Decision record(RecordWorktree r, OrchestrationReadModel model) {
        InvalidInput invalid = Fields.notBlank("gitRef", r.gitRef());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        return settle(r.operationId(), model, work -> List.of(result(work, r)));
    }

    private static WorktreeEvent result(OfWorktree work, RecordWorktree r) {
        return switch (work) {
            case Operation.AddWorktree _ -> new WorktreeAdded(r.operationId(), r.gitRef(), r.at());
            case Operation.RemoveWorktree _ ->
                    new WorktreeRemoved(r.operationId(), r.gitRef(), r.at());
            case Operation.MergeWorktree _ ->
                    new WorktreeMerged(r.operationId(), r.gitRef(), r.at());
        };
    }

    static Decision fail(FailWorktree r, OrchestrationReadModel model) {
        InvalidInput invalid = Fields.notBlank("why", r.why());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        return settle(
                r.operationId(), model, work -> failure(work, r.why(), r.paths(), model, r.at()));
    }

    private static Decision settle(
            OperationId id,
            OrchestrationReadModel model,
            Function<OfWorktree, List<OrchestrationEvent>> result) {
        if (!(model.operation(id) instanceof OfWorktree work)) {
            return Decision.reject(new OperationNotFound(id));
        }
        return work.isOpen()
                ? new Decision.Accepted(result.apply(work))
                : Decision.reject(new OperationAlreadySettled(id));
    }

    /** A worktree that never came about leaves no project behind. */
    static List<OrchestrationEvent> failure(
            OfWorktree work,
            String why,
            @Nullable List<String> paths,
            OrchestrationReadModel model,
            Instant at) {
        List<OrchestrationEvent> events = new ArrayList<>();
        Checkpoint checkpoint = model.checkpoint(CheckpointId.safety(work.id()));
        if (checkpoint != null && checkpoint.isPending()) {
            events.add(new CheckpointFailed(checkpoint.id(), UNTAKEN, at));
        }
        events.add(new WorktreeFailed(work.id(), why, paths, at));
        Project own = model.project(work.worktreeId());
        if (own != null && own.worktree() != null && own.worktree().standing() == Standing.NEW) {
            events.addAll(Projects.deletion(own, model, at));
        }
        return events;
    }
}
