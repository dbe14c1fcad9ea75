package dev.stele.app;

import dev.stele.app.engine.Replay;
import dev.stele.app.engine.ReplayListener;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.EventSubscription;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A look into a home that another process may have open: the model and the facts, and nothing that
 * changes them. Thread-safe. Each look costs the reading of what is new; news are looked for every
 * tenth of a second. Its methods throw {@link dev.stele.domain.port.StoreException} when the log
 * cannot be read.
 */
public final class SteleReader implements History, AutoCloseable {
    private static final int PAGE = 1_000;

    private final EventStore store;
    private final Codec codec;
    private final Replay log;
    private final Changes changes;
    private final ReentrantLock lock = new ReentrantLock();
    private OrchestrationReadModel model;

    SteleReader(EventStore store, Codec codec, Changes.Sources sources, ReplayListener listener) {
        this.store = store;
        this.codec = codec;
        this.changes = new Changes(this, sources, false);
        this.log = new Replay(store, PAGE);
        this.model = log.catchUp(store.snapshots().newest(), listener);
    }

    /** {@return domain values as JSON and back} */
    public Codec codec() {
        return codec;
    }

    /** {@return what changed in the files of projects} */
    public Changes changes() {
        return changes;
    }

    /** The model at the end of the log as it is now. */
    @Override
    public OrchestrationReadModel model() {
        lock.lock();
        try {
            model = log.catchUp(model, ReplayListener.SILENT);
            return model;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        long end = store.head();
        if (afterSequence < 0 || afterSequence > end) {
            throw new IllegalArgumentException(
                    "a subscription starts between 0 and the log's end at "
                            + end
                            + ", not at "
                            + afterSequence);
        }
        return new PollingSubscription(store, PAGE, afterSequence);
    }

    @Override
    public List<StoredEvent> page(long afterSequence, int limit) {
        if (afterSequence < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "a page begins behind 0 or later and has 1 fact or more, not %d behind %d"
                            .formatted(limit, afterSequence));
        }
        return store.read(afterSequence, Math.min(limit, PAGE));
    }

    @Override
    public OrchestrationReadModel modelAt(long sequence, ReplayListener listener) {
        return log.at(sequence, listener);
    }

    @Override
    public Cause why(long sequence) {
        return new Causes(this, store::receiptAt).of(sequence);
    }

    /** Closes the log's file. Subscriptions are of no use any more. Repeats do nothing. */
    @Override
    public void close() {
        store.close();
    }
}
