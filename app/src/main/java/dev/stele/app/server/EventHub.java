package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands facts out to all streams. However many there are, a fact is read once and encoded once at
 * most, and the log has one reader; where nobody listens, none. The more there is to hand out, the
 * longer the pause between two rounds: what people follow comes sooner than they notice, and while
 * the writer is very busy handing out takes a small part of the machine from it. Thread-safe.
 */
final class EventHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    /** About what it takes to send something to one client, and each byte of it. */
    private static final long COST_OF_SENDING = TimeUnit.MICROSECONDS.toNanos(60);

    private static final long COST_OF_BYTE = 1;

    /** As many facts in a second nobody reads as they come. */
    private static final long BUSY = 1_000;

    /** How often new facts are fetched while they wait for their round. */
    private static final long LOOK = 50 * MILLISECOND;

    /** What a round hands out at most; who would get more is told to load anew. */
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private final Stele stele;
    private final Metrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Outbox> streams = new CopyOnWriteArrayList<>();
    private volatile Round.Audience audience = Round.Audience.NOBODY;
    private @Nullable EventSubscription facts;
    private boolean closed;

    EventHub(Stele stele, Metrics metrics) {
        this.stele = stele;
        this.metrics = metrics;
    }

    /**
     * Where all facts arrive that come after the model that is read next.
     *
     * @param thread the thread that is followed; null for everything
     */
    Outbox join(@Nullable ThreadId thread) {
        var outbox = new Outbox(thread);
        lock.lock();
        try {
            if (closed) {
                outbox.end();
                return outbox;
            }
            streams.add(outbox);
            audience = Round.Audience.of(streams);
            if (facts == null) {
                OrchestrationReadModel before = stele.model();
                EventSubscription begun = stele.subscribe(before.sequence());
                facts = begun;
                Thread.ofVirtual().name("stele-event-hub").start(() -> handOut(begun, before));
            }
            return outbox;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a stream. */
    void leave(Outbox outbox) {
        lock.lock();
        try {
            streams.remove(outbox);
            audience = Round.Audience.of(streams);
            if (streams.isEmpty()) {
                endReading();
            }
        } finally {
            lock.unlock();
        }
    }

    private void endReading() {
        EventSubscription old = facts;
        facts = null;
        if (old != null) {
            old.close();
        }
    }

    /** How many streams are open. */
    int size() {
        return streams.size();
    }

    private void handOut(EventSubscription from, OrchestrationReadModel first) {
        try (from) {
            OrchestrationReadModel before = first;
            var reading = new Reading();
            long start = System.nanoTime();
            long due = start;
            while (!from.isClosed()) {
                var round = new Round(stele.codec());
                add(from.next(PATIENCE), reading, before, round);
                collect(from, due, reading, before, round);
                before = stele.model();
                long now = System.nanoTime();
                long cost = hand(round, from);
                due = System.nanoTime() + pause(cost, round.size(), now - start);
                start = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("Events cannot be handed out", failure);
        } finally {
            endAll(from);
        }
    }

    /** All that comes until the round is due. */
    private void collect(
            EventSubscription from,
            long due,
            Reading reading,
            OrchestrationReadModel before,
            Round round)
            throws InterruptedException {
        List<StoredEvent> more = from.next(Duration.ZERO);
        long left = due - System.nanoTime();
        while (!from.isClosed() && (left > 0 || !more.isEmpty())) {
            add(more, reading, before, round);
            if (more.isEmpty()) {
                LockSupport.parkNanos(Math.min(left, LOOK));
            }
            more = left > 0 ? from.next(Duration.ZERO) : List.of();
            left = due - System.nanoTime();
        }
        add(more, reading, before, round);
    }

    private void add(
            List<StoredEvent> facts, Reading reading, OrchestrationReadModel before, Round round) {
        OrchestrationReadModel now = stele.model();
        Round.Audience listening = audience; // who joins later reads these by himself
        for (StoredEvent fact : facts) {
            ThreadId known = reading.thread(fact.event(), now);
            ThreadId thread = known == null ? Topics.of(fact.event(), before) : known;
            round.add(fact, thread, listening);
        }
    }

    /** Puts a round into all outboxes; what sending it will cost, in nanoseconds. */
    @SuppressWarnings("ReferenceEquality") // the very reader, or a later one
    private long hand(Round round, EventSubscription from) {
        long sendings = 0;
        long bytes = 0;
        lock.lock();
        try {
            if (facts != from) {
                return 0;
            }
            for (Outbox stream : streams) {
                Part part = round.part(stream.thread());
                if (part != null && bytes + part.bytes().length > MOST_BYTES) {
                    stream.overflow();
                } else if (part != null) {
                    stream.offer(part);
                    sendings++;
                    bytes += part.bytes().length;
                }
            }
        } finally {
            lock.unlock();
        }
        metrics.streamed(round.size());
        return sendings * COST_OF_SENDING + bytes * COST_OF_BYTE;
    }

    /**
     * How long the next round waits.
     *
     * @param cost what the last one costs
     * @param count how many facts it had
     * @param nanos how long they took to come
     */
    static long pause(long cost, int count, long nanos) {
        boolean busy = count * TimeUnit.SECONDS.toNanos(1) > BUSY * Math.max(nanos, MILLISECOND);
        return busy && count > BUSY / 10
                ? Math.min(20 * cost, TimeUnit.SECONDS.toNanos(1))
                : Math.min(2 * cost, 75 * MILLISECOND);
    }

    /** Streams that joined a reader that is gone hear nothing more. */
    @SuppressWarnings("ReferenceEquality") // the very reader, or a later one
    private void endAll(EventSubscription from) {
        lock.lock();
        try {
            if (facts == from) {
                facts = null;
                streams.forEach(Outbox::end);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all streams. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            streams.forEach(Outbox::end);
            endReading();
        } finally {
            lock.unlock();
        }
    }
}
