package dev.stele.git.reactor;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.Identifier;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteCleanup;
import dev.stele.domain.command.OrchestrationCommand.ThinCheckpoints;
import dev.stele.domain.decide.Thinning;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.ThinningVerdict.Fate;
import dev.stele.domain.model.Turn;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.CheckpointRefs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps small what checkpoints take: asks for the thinning of old ones, removes those that were
 * thinned out, and makes few packs of many. It asks while an agent is at work, and git is not.
 */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration BETWEEN = Duration.ofDays(1);

    private final Checkpoints checkpoints;
    private final Workers workers;
    private final Reports reports;
    private final InstantSource clock;
    private final @Nullable ThinningPolicy policy;

    /**
     * @param policy which old checkpoints are kept; null keeps all
     */
    Upkeep(
            Checkpoints checkpoints,
            Workers workers,
            Reports reports,
            InstantSource clock,
            @Nullable ThinningPolicy policy) {
        this.checkpoints = checkpoints;
        this.workers = workers;
        this.reports = reports;
        this.clock = clock;
        this.policy = policy;
    }

    /** What is done while the agent of a turn is at work. */
    Job during(Turn turn, String directory, OrchestrationReadModel model) {
        return new Job(
                "upkeep-" + turn.id(),
                stop -> {
                    askForThinning(turn, model);
                    tidy(Path.of(directory), stop);
                });
    }

    private void askForThinning(Turn turn, OrchestrationReadModel model)
            throws InterruptedException {
        ChatThread thread = model.thread(turn.threadId());
        if (policy == null || thread == null) {
            return;
        }
        Instant now = clock.instant();
        ProjectId project = thread.projectId();
        boolean any =
                !isJustDone(project, now, model)
                        && Thinning.judge(project, policy, now, model).stream()
                                .anyMatch(verdict -> verdict.fate() == Fate.THINNED);
        if (any) {
            var id = new OperationId(Identifier.derived(turn.id().value(), "-thinning"));
            reports.send(new ThinCheckpoints(id, project, policy, now));
        }
    }

    private static boolean isJustDone(ProjectId id, Instant now, OrchestrationReadModel model) {
        Project project = model.project(id);
        return project != null
                && project.operations()
                        .exists(operation ->
                                model.operation(operation) instanceof Operation.Thinning thinning
                                        && thinning.requestedAt().plus(BETWEEN).isAfter(now));
    }

    private void tidy(Path directory, StopSign stop) throws InterruptedException {
        try {
            workers.call(() -> {
                checkpoints.tidy(directory, stop);
                return directory;
            });
        } catch (ExecutionException e) {
            LOG.info("What checkpoints of {} take was not made less.", directory, e.getCause());
        }
    }

    /** The removal of what was thinned out. */
    Job thinning(Operation.Thinning thinning, OrchestrationReadModel model) {
        Place place = model.placeOf(thinning.id());
        List<String> refs = new ArrayList<>();
        for (CheckpointId id : thinning.checkpoints()) {
            Checkpoint checkpoint = model.checkpoint(id);
            if (checkpoint != null && checkpoint.state() instanceof CheckpointState.Thinned) {
                refs.add(CheckpointRefs.name(checkpoint.threadId(), id));
            }
        }
        return new Job(
                "thin-" + thinning.id(),
                stop -> {
                    if (place != null) {
                        remove(thinning, Path.of(place.path()), refs, stop);
                    }
                });
    }

    private void remove(
            Operation.Thinning thinning, Path directory, List<String> refs, StopSign stop)
            throws InterruptedException {
        try {
            workers.call(() -> {
                checkpoints.delete(directory, refs, stop);
                return refs;
            });
            reports.send(new CompleteCleanup(thinning.id(), clock.instant()));
        } catch (ExecutionException e) {
            LOG.warn(
                    "The refs of thinned-out checkpoints in {} could not be deleted; the next start"
                            + " tries again.",
                    directory,
                    e.getCause());
        }
    }
}
