package dev.stele.app.engine;

import dev.stele.domain.event.Lengths;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The published model, and the newest facts in a ring that bounds their number and their length. A
 * reader that has fallen behind the ring reads pages from the store, so that it costs neither
 * memory nor the writer's time. Thread-safe; one thread publishes.
 */
final class LogFeed implements EventFeed {
    /** What the ring holds at most; a longer fact is read from the store. */
    private static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    private final Replay log;
    private final int page;
    private final @Nullable StoredEvent[] ring;
    private long forgotten;
    private long held;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private volatile OrchestrationReadModel model;
    private boolean ended;

    /**
     * A feed.
     *
     * @param store where missed facts are read
     * @param model what is published first
     * @param settings the sizes of the ring and of pages
     */
    LogFeed(EventStore store, OrchestrationReadModel model, EngineSettings settings) {
        this.log = new Replay(store, settings.page());
        this.page = settings.page();
        this.ring = new StoredEvent[settings.tail()];
        this.forgotten = model.sequence();
        this.model = model;
    }

    @Override
    public OrchestrationReadModel model() {
        return model;
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        long end = model.sequence();
        if (afterSequence < 0 || afterSequence > end) {
            throw new IllegalArgumentException(
                    "a subscription starts between 0 and the log's end at "
                            + end
                            + ", not at "
                            + afterSequence);
        }
        return new FeedSubscription(this, afterSequence);
    }

    @Override
    public List<StoredEvent> page(long afterSequence, int limit) {
        if (afterSequence < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "a page begins behind 0 or later and has 1 fact or more, not %d behind %d"
                            .formatted(limit, afterSequence));
        }
        long end;
        lock.lock();
        try {
            end = model.sequence();
            if (afterSequence >= end) {
                return List.of();
            }
            end = limit < end - afterSequence ? afterSequence + limit : end;
            if (isInRing(afterSequence + 1)) {
                return fromRing(afterSequence, end);
            }
        } finally {
            lock.unlock();
        }
        return log.pageAfter(afterSequence, end);
    }

    /** Shows durable facts and the model after them. */
    void publish(OrchestrationReadModel newest, List<StoredEvent> events) {
        lock.lock();
        try {
            for (StoredEvent event : events) {
                put(event);
            }
            model = newest;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Long facts leave room for fewer of them. */
    private void put(StoredEvent event) {
        forget(slot(event.sequence()));
        ring[slot(event.sequence())] = event;
        held += Lengths.of(event.event());
        forgotten = Math.max(forgotten, event.sequence() - ring.length);
        while (held > MOST_CHARACTERS && forgotten < event.sequence()) {
            forgotten++;
            forget(slot(forgotten));
        }
    }

    private void forget(int slot) {
        StoredEvent old = ring[slot];
        if (old != null) {
            held -= Lengths.of(old.event());
            ring[slot] = null;
        }
    }

    /** Says that nothing more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes every waiting reader look again. */
    void wake() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a reader at this place will never get anything more. */
    boolean isOver(long position) {
        lock.lock();
        try {
            return ended && (position == model.sequence() || !isInRing(position + 1));
        } finally {
            lock.unlock();
        }
    }

    /** Whether what comes after a place has to be read from the store. */
    boolean hasForgotten(long position) {
        lock.lock();
        try {
            return position < model.sequence() && !isInRing(position + 1);
        } finally {
            lock.unlock();
        }
    }

    /** The next facts for a reader; empty when none came in time, or none will. */
    List<StoredEvent> next(FeedSubscription reader, Duration timeout) throws InterruptedException {
        long position = reader.position();
        long end;
        lock.lockInterruptibly();
        try {
            if (!awaitNews(reader, TimeUnit.NANOSECONDS.convert(timeout))) {
                return List.of();
            }
            if (isInRing(position + 1)) {
                return fromRing(position, model.sequence());
            }
            if (ended) {
                return List.of();
            }
            end = model.sequence();
        } finally {
            lock.unlock();
        }
        return log.pageAfter(position, end);
    }

    private boolean awaitNews(FeedSubscription reader, long nanos) throws InterruptedException {
        long left = nanos;
        while (!reader.wasClosed() && !ended && model.sequence() == reader.position() && left > 0) {
            left = news.awaitNanos(left);
        }
        return !reader.wasClosed() && model.sequence() > reader.position();
    }

    private boolean isInRing(long sequence) {
        return sequence > forgotten;
    }

    private List<StoredEvent> fromRing(long position, long end) {
        long last = Math.min(end, position + page);
        var events = new ArrayList<StoredEvent>((int) (last - position));
        for (long sequence = position + 1; sequence <= last; sequence++) {
            StoredEvent event = ring[slot(sequence)];
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length);
    }
}
