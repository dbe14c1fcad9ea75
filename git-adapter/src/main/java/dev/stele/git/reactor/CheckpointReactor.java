package dev.stele.git.reactor;

import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Lanes.Work;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.change.RestoreRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the checkpoints that the log asks for: before and after every turn, before a restore, and
 * whenever somebody wants one; and deletes those of deleted threads. What it is doing lives in its
 * memory only: after a restart the model tells the same work again, and the refs tell what of it is
 * done. Thread-safe.
 */
public final class CheckpointReactor implements Reactor {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointReactor.class);
    private static final String NAME = "checkpoints";

    private final Checkpoints checkpoints;
    private final RestoreRecords records;
    private final @Nullable ThinningPolicy thinning;
    private final InstantSource clock;
    private @Nullable Started started;

    /**
     * A reactor that does nothing yet.
     *
     * @param checkpoints takes them
     * @param records knows what restores have done
     * @param thinning which old checkpoints are kept; null keeps all
     * @param clock tells when something was done
     */
    public CheckpointReactor(
            Checkpoints checkpoints,
            RestoreRecords records,
            @Nullable ThinningPolicy thinning,
            InstantSource clock) {
        this.checkpoints = checkpoints;
        this.records = records;
        this.thinning = thinning;
        this.clock = clock;
    }

    private record Started(WorkLoop loop, Workers workers) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized void start(CommandGateway gateway, EventFeed feed) {
        if (started != null) {
            throw new IllegalStateException("The reactor " + NAME + " is started already.");
        }
        OrchestrationReadModel model = feed.model();
        var loop = new WorkLoop(NAME);
        var workers = new Workers(NAME, Math.max(2, Runtime.getRuntime().availableProcessors()));
        var reports = new Reports(gateway, loop::pause);
        var upkeep = new Upkeep(checkpoints, workers, reports, clock, thinning);
        var work =
                new CheckpointJobs(
                        checkpoints, records, workers, reports, clock, upkeep, openTurns(model));
        started = new Started(loop, workers);
        for (Project project : model.projects().values()) {
            loop.runOnce(heal(project, workers));
        }
        loop.start(feed, work::open);
    }

    /** The turns of a process that is dead: whatever is taken after them is taken late. */
    private static Set<TurnId> openTurns(OrchestrationReadModel model) {
        Set<TurnId> turns = new HashSet<>();
        for (Work work : model.lanes().open().values()) {
            if (work instanceof Work.TurnWork(_, var turnId)) {
                turns.add(turnId);
            }
        }
        return turns;
    }

    private Job heal(Project project, Workers workers) {
        return new Job(
                "heal-" + project.id(),
                _ -> {
                    try {
                        workers.call(() -> {
                            checkpoints.heal(Path.of(project.path()));
                            return project;
                        });
                    } catch (ExecutionException e) {
                        LOG.debug("Nothing to heal in {}.", project.path(), e.getCause());
                    }
                });
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        Started now = now();
        return now == null || now.loop().drain(timeout);
    }

    private synchronized @Nullable Started now() {
        return started;
    }

    @Override
    public void close() {
        Started now = now();
        if (now != null) {
            now.loop().close();
            now.workers().close();
            checkpoints.close();
        }
    }
}
