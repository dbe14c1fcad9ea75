package dev.stele.git.reactor;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteCleanup;
import dev.stele.domain.command.OrchestrationCommand.Report.FailCheckpoint;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Lanes.Work;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.DispatchResult;
import dev.stele.git.capture.CheckpointRequest;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.repository.GitFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the checkpoints that a model asks for, and takes them. */
final class CheckpointJobs {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointJobs.class);

    private final Checkpoints checkpoints;
    private final RestoreRecords records;
    private final Workers workers;
    private final Reports reports;
    private final InstantSource clock;
    private final Upkeep upkeep;
    private final Set<TurnId> late;

    /**
     * @param upkeep finds what keeps the place of checkpoints small
     * @param late the turns whose ends this process did not see
     */
    CheckpointJobs(
            Checkpoints checkpoints,
            RestoreRecords records,
            Workers workers,
            Reports reports,
            InstantSource clock,
            Upkeep upkeep,
            Set<TurnId> late) {
        this.checkpoints = checkpoints;
        this.records = records;
        this.workers = workers;
        this.reports = reports;
        this.clock = clock;
        this.upkeep = upkeep;
        this.late = Set.copyOf(late);
    }

    /** All that can be done now. */
    List<Job> open(OrchestrationReadModel model) {
        List<Job> jobs = new ArrayList<>();
        for (Work work : model.lanes().open().values()) {
            Job job =
                    switch (work) {
                        case Work.TurnWork(var place, var turnId) ->
                                ofTurn(model, place.path(), turnId);
                        case Work.CheckpointWork(var place, var id) ->
                                capture(model, place.path(), model.checkpoint(id), false);
                        case Work.OperationWork(var place, var id) ->
                                model.operation(id) instanceof Operation.Restore restore
                                        ? capture(
                                                model,
                                                place.path(),
                                                model.checkpoint(restore.safetyCheckpointId()),
                                                true)
                                        : null;
                    };
            if (job != null) {
                jobs.add(job);
            }
        }
        for (var id : model.openOperations()) {
            Operation operation = model.operation(id);
            if (operation instanceof Operation.Cleanup cleanup
                    && cleanup.subject() == Operation.Cleanup.Subject.REFS) {
                jobs.add(new Job("cleanup-" + id, _ -> cleanUp(cleanup)));
            } else if (operation instanceof Operation.Thinning thinning) {
                jobs.add(upkeep.thinning(thinning, model));
            }
        }
        return jobs;
    }

    private @Nullable Job ofTurn(OrchestrationReadModel model, String directory, TurnId turnId) {
        Turn turn = model.turn(turnId);
        if (turn == null) {
            return null;
        }
        Checkpoint before = model.checkpoint(CheckpointId.before(turnId));
        if (before == null) {
            return ask(CheckpointId.before(turnId), turn, "before the turn");
        }
        if (before.isPending()) {
            return capture(model, directory, before, false);
        }
        if (turn.state().isLive()) {
            return upkeep.during(turn, directory, model);
        }
        Checkpoint after = model.checkpoint(CheckpointId.after(turnId));
        return after == null
                ? ask(CheckpointId.after(turnId), turn, afterTheTurn(turnId))
                : capture(model, directory, after, false);
    }

    private String afterTheTurn(TurnId turnId) {
        return late.contains(turnId)
                ? "after the turn, taken late since Stele was not running at its end"
                : "after the turn";
    }

    private Job ask(CheckpointId id, Turn turn, String description) {
        return new Job(
                "ask-" + id,
                _ ->
                        reports.send(
                                new CreateCheckpoint(
                                        id,
                                        turn.threadId(),
                                        turn.id(),
                                        description,
                                        clock.instant())));
    }

    /**
     * The job of a checkpoint that can be taken now.
     *
     * @param whole whether it has to look at everything: what a restore is about to change must
     *     not be missed, whatever no watch is told of
     */
    private @Nullable Job capture(
            OrchestrationReadModel model,
            String directory,
            @Nullable Checkpoint checkpoint,
            boolean whole) {
        return checkpoint != null
                        && checkpoint.isPending()
                        && model.lanes().isReady(checkpoint.ticket())
                ? new Job("capture-" + checkpoint.id(), stop -> take(request(checkpoint, directory, whole), checkpoint, stop))
                : null;
    }

    private static CheckpointRequest request(
            Checkpoint checkpoint, String directory, boolean whole) {
        return new CheckpointRequest(
                Path.of(directory),
                checkpoint.threadId(),
                checkpoint.id(),
                checkpoint.description(),
                checkpoint.createdAt(),
                whole);
    }

    private void take(CheckpointRequest request, Checkpoint checkpoint, StopSign stop)
            throws InterruptedException {
        try {
            report(checkpoint, workers.call(() -> checkpoints.take(request, stop)));
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StopSign.Stopped _ -> LOG.debug("{} was stopped.", checkpoint.id());
                case GitFailure failure -> fail(checkpoint, failure.sentence());
                case null, default -> {
                    LOG.error("The checkpoint {} failed.", checkpoint.id(), e.getCause());
                    fail(checkpoint, Failures.unexpected("checkpoint", e.getCause()));
                }
            }
        }
    }

    private void report(Checkpoint checkpoint, TakenCheckpoint taken) throws InterruptedException {
        DispatchResult answer =
                reports.send(
                        new AssignCheckpointGitRef(
                                checkpoint.id(), taken.ref(), taken.stats(), clock.instant()));
        if (answer instanceof DispatchResult.Unencodable(var why)) {
            fail(checkpoint, "The checkpoint was taken but cannot be recorded: " + why);
        }
    }

    private void fail(Checkpoint checkpoint, String why) throws InterruptedException {
        reports.send(new FailCheckpoint(checkpoint.id(), why, clock.instant()));
    }

    private void cleanUp(Operation.Cleanup cleanup) throws InterruptedException {
        try {
            workers.call(() -> {
                checkpoints.deleteAll(Path.of(cleanup.directory()), cleanup.threadId());
                records.forget(cleanup.threadId());
                return cleanup;
            });
            reports.send(new CompleteCleanup(cleanup.id(), clock.instant()));
        } catch (ExecutionException e) {
            LOG.warn(
                    "The checkpoints of the thread {} could not be deleted; the next start tries"
                            + " again.",
                    cleanup.threadId(),
                    e.getCause());
        }
    }
}
