package dev.stele.app.engine;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.ModelSnapshots;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the model now and then, on a thread of its own, and at the end. What fails costs the next
 * start time and nothing else. For the writer, and after its end for whoever closes.
 */
final class SnapshotKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);

    /** Fewer facts are folded sooner than a snapshot is written. */
    private static final long LEAST = 1_000;

    /** While work goes on, a start after a crash has this much to fold at most... */
    private static final long USUAL = 10_000;

    /** ...or this part of the log, since a snapshot costs the size of the model. */
    private static final long PART = 10;

    private final ModelSnapshots snapshots;
    private CompletableFuture<?> work = CompletableFuture.completedFuture(null);
    private long kept;

    /**
     * A keeper.
     *
     * @param snapshots where models are kept
     * @param kept the place of the one that is kept already
     */
    SnapshotKeeper(ModelSnapshots snapshots, long kept) {
        this.snapshots = snapshots;
        this.kept = kept;
    }

    /** Hears of each durable model, and never waits. */
    void saw(OrchestrationReadModel model) {
        long due = Math.max(USUAL, model.sequence() / PART);
        if (model.sequence() - kept >= due && work.isDone() && model.log().isReadable()) {
            kept = model.sequence();
            work = CompletableFuture.runAsync(() -> keep(model), Thread::startVirtualThread);
        }
    }

    /** Waits for what is under way, and keeps the last model. */
    void close(OrchestrationReadModel last) {
        work.join();
        if (last.sequence() - kept >= LEAST && last.log().isReadable()) {
            keep(last);
        }
    }

    private void keep(OrchestrationReadModel model) {
        try {
            snapshots.keep(model);
        } catch (RuntimeException | Error failure) {
            LOG.warn("The model at {} is not kept", model.sequence(), failure);
        }
    }
}
