package dev.stele.git.reactor;

import dev.stele.contracts.OperationId;
import dev.stele.domain.command.OrchestrationCommand.Report.FailWorktree;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordWorktree;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.worktree.WorktreeRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Finds what a model asks to be done with worktrees. */
final class WorktreeJobs {

    private final WorktreeTools tools;
    private final OperationRunner runner;
    private final InstantSource clock;

    WorktreeJobs(WorktreeTools tools, OperationRunner runner, InstantSource clock) {
        this.tools = tools;
        this.runner = runner;
        this.clock = clock;
    }

    /** The job of an operation, or null when its time has not come. */
    @Nullable Job job(OrchestrationReadModel model, Operation.OfWorktree operation) {
        WorktreeRequest request = request(model, operation);
        if (request == null || !model.lanes().isReady(operation.ticket())) {
            return null;
        }
        return switch (operation) {
            case Operation.AddWorktree add ->
                    job(add, stop -> tools.adding().add(request, add.from(), stop));
            case Operation.RemoveWorktree removal -> removal(model, removal, request);
            case Operation.MergeWorktree merge ->
                    job(merge, stop -> tools.merge().merge(request, stop));
        };
    }

    private static @Nullable WorktreeRequest request(
            OrchestrationReadModel model, Operation.OfWorktree operation) {
        Project parent = model.project(operation.projectId());
        Project own = model.project(operation.worktreeId());
        Worktree worktree = own == null ? null : own.worktree();
        return parent == null || own == null || worktree == null
                ? null
                : new WorktreeRequest(
                        operation.id(),
                        Path.of(parent.path()),
                        Path.of(own.path()),
                        Path.of(worktree.top()),
                        worktree.branch());
    }

    private @Nullable Job removal(
            OrchestrationReadModel model,
            Operation.RemoveWorktree removal,
            WorktreeRequest request) {
        if (removal.checkpointId() == null) {
            return job(removal, stop -> tools.removal().remove(request, null, stop));
        }
        Checkpoint checkpoint = model.checkpoint(removal.checkpointId());
        return checkpoint != null && checkpoint.isPending()
                ? null
                : job(removal, stop -> tools.removal().remove(request, ref(checkpoint), stop));
    }

    private static String ref(@Nullable Checkpoint checkpoint) {
        if (checkpoint == null) {
            throw new GitFailure(
                    "Nothing was removed, since the checkpoint was deleted with its thread.");
        }
        return switch (checkpoint.state()) {
            case CheckpointState.Ready ready -> ready.gitRef();
            case CheckpointState.Failed(var why, _) ->
                    throw new GitFailure(
                            "Nothing was removed, since the checkpoint could not be taken: " + why);
            case CheckpointState.Thinned _ ->
                    throw new GitFailure(
                            "Nothing was removed, since the checkpoint was thinned out; ask for"
                                    + " the removal again.");
            case CheckpointState.Pending() ->
                    throw new GitFailure(
                            "The checkpoint " + checkpoint.id() + " is not taken yet.");
        };
    }

    /** Does it, and tells the commit that came of it. */
    private interface Work {
        String run(StopSign stop) throws InterruptedException;
    }

    private Job job(Operation operation, Work work) {
        OperationId id = operation.id();
        return runner.job(
                operation,
                stop -> new RecordWorktree(id, work.run(stop), clock.instant()),
                (why, paths) -> new FailWorktree(id, why, paths, clock.instant()));
    }
}
