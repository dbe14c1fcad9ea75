package dev.stele.git.reactor;

import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.OrchestrationCommand.Report;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteRestore;
import dev.stele.domain.command.OrchestrationCommand.Report.FailBranch;
import dev.stele.domain.command.OrchestrationCommand.Report.FailCommit;
import dev.stele.domain.command.OrchestrationCommand.Report.FailPush;
import dev.stele.domain.command.OrchestrationCommand.Report.FailRestore;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordBranch;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordCommit;
import dev.stele.domain.command.OrchestrationCommand.Report.RecordPush;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.git.capture.StopSign;
import dev.stele.git.operation.CommitRequest;
import dev.stele.git.operation.MadeCommit;
import dev.stele.git.operation.PushRequest;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.restore.RestoreChoices;
import dev.stele.git.restore.RestoreRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the restores, commits, branches and pushes that a model asks for. */
final class OperationJobs {

    private final OperationTools tools;
    private final OperationRunner runner;
    private final InstantSource clock;

    OperationJobs(OperationTools tools, OperationRunner runner, InstantSource clock) {
        this.tools = tools;
        this.runner = runner;
        this.clock = clock;
    }

    /** All that can be done now. */
    List<Job> open(OrchestrationReadModel model) {
        List<Job> jobs = new ArrayList<>();
        for (var id : model.openOperations()) {
            Operation operation = model.operation(id);
            Job job = operation == null ? null : job(model, operation);
            if (job != null) {
                jobs.add(job);
            }
        }
        return jobs;
    }

    private @Nullable Job job(OrchestrationReadModel model, Operation operation) {
        return switch (operation) {
            case Operation.Restore restore -> restore(model, restore);
            case Operation.Commit commit -> commit(model, commit);
            case Operation.Branch branch -> branch(directory(model, branch.projectId()), branch);
            case Operation.Push push -> push(directory(model, push.projectId()), push);
            case Operation.Thinning _, Operation.Cleanup _ -> null;
        };
    }

    private static @Nullable Path directory(OrchestrationReadModel model, ProjectId projectId) {
        Project project = model.project(projectId);
        return project == null ? null : Path.of(project.path());
    }

    private @Nullable Job restore(OrchestrationReadModel model, Operation.Restore restore) {
        String directory = model.directoryOf(restore.threadId());
        Checkpoint safety = model.checkpoint(restore.safetyCheckpointId());
        Checkpoint target = model.checkpoint(restore.checkpointId());
        if (directory == null
                || safety == null
                || target == null
                || safety.isPending()
                || !model.lanes().isReady(restore.ticket())) {
            return null;
        }
        return runner.job(
                restore,
                stop -> restored(model, restore, Path.of(directory), safety, target, stop),
                why -> new FailRestore(restore.id(), why, now()));
    }

    private Report restored(
            OrchestrationReadModel model,
            Operation.Restore restore,
            Path directory,
            Checkpoint safety,
            Checkpoint target,
            StopSign stop) {
        String safetyRef = ref(safety);
        String targetRef = ref(target);
        RestoreSummary summary =
                restore.scope().includesFiles()
                        ? tools.restores()
                                .restore(
                                        new RestoreRequest(
                                                restore.id(),
                                                directory,
                                                safetyRef,
                                                targetRef,
                                                RestoreChoices.of(
                                                        model,
                                                        target,
                                                        restore.selection(),
                                                        restore.ticket())),
                                        stop)
                        : new RestoreSummary(0, 0, List.of());
        return new CompleteRestore(restore.id(), summary, now());
    }

    private static String ref(Checkpoint checkpoint) {
        return switch (checkpoint.state()) {
            case CheckpointState.Ready ready -> ready.gitRef();
            case CheckpointState.Failed(var why, _) ->
                    throw new GitFailure(
                            "Nothing was brought back, since the checkpoint "
                                    + checkpoint.id()
                                    + " could not be taken: "
                                    + why);
            case CheckpointState.Thinned(var policy, _) ->
                    throw new GitFailure(
                            "Nothing was brought back, since the checkpoint "
                                    + checkpoint.id()
                                    + " was thinned out: "
                                    + policy.sentence()
                                    + ".");
            case CheckpointState.Pending() ->
                    throw new GitFailure(
                            "The checkpoint " + checkpoint.id() + " is not taken yet.");
        };
    }

    private @Nullable Job commit(OrchestrationReadModel model, Operation.Commit commit) {
        String directory = model.directoryOf(commit.threadId());
        if (directory == null || !model.lanes().isReady(commit.ticket())) {
            return null;
        }
        return runner.job(
                commit,
                stop -> {
                    var request =
                            new CommitRequest(
                                    commit.id(),
                                    Path.of(directory),
                                    commit.message(),
                                    CommitScopes.of(model, commit),
                                    commit.requestedAt());
                    MadeCommit made = tools.commits().commit(request, stop);
                    return new RecordCommit(commit.id(), made.id(), made.left(), now());
                },
                why -> new FailCommit(commit.id(), why, now()));
    }

    private @Nullable Job branch(@Nullable Path directory, Operation.Branch branch) {
        if (directory == null) {
            return null;
        }
        return runner.job(
                branch,
                stop ->
                        new RecordBranch(
                                branch.id(),
                                tools.branches()
                                        .create(
                                                branch.id(),
                                                directory,
                                                branch.name(),
                                                branch.from(),
                                                stop),
                                now()),
                why -> new FailBranch(branch.id(), why, now()));
    }

    private @Nullable Job push(@Nullable Path directory, Operation.Push push) {
        if (directory == null) {
            return null;
        }
        var request =
                new PushRequest(push.id(), directory, push.branch(), push.remote(), push.lease());
        return runner.job(
                push,
                stop -> new RecordPush(push.id(), tools.pushes().push(request, stop), now()),
                why -> new FailPush(push.id(), why, now()));
    }

    private Instant now() {
        return clock.instant();
    }
}
