package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands facts out to all streams. However many there are, a fact is read and encoded once, and the
 * log has one reader; where nobody listens, none. The more streams, the longer the pause between
 * two rounds, so that handing out never takes much of the machine from the writer; it stays below
 * what a person notices. Thread-safe.
 */
final class EventHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What a stream costs in a round, and some rest for the writer. */
    private static final long PAUSE_PER_STREAM = TimeUnit.MICROSECONDS.toNanos(150);

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(75);

    /** More than this at once is no news any more. */
    private static final int MOST_FACTS = 10_000;

    private final Stele stele;
    private final Metrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Outbox> streams = new CopyOnWriteArrayList<>();
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
            if (facts == null) {
                EventSubscription begun = stele.subscribe(stele.model().sequence());
                facts = begun;
                Thread.ofVirtual().name("stele-event-hub").start(() -> handOut(begun));
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

    private void handOut(EventSubscription from) {
        try (from) {
            OrchestrationReadModel before = stele.model();
            while (!from.isClosed()) {
                List<StoredEvent> news = news(from);
                OrchestrationReadModel now = stele.model();
                hand(news, before, now, from);
                before = now;
                rest();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("Events cannot be handed out", failure);
        } finally {
            endAll(from);
        }
    }

    /** All that is there, so that a round serves for long. */
    private static List<StoredEvent> news(EventSubscription from) throws InterruptedException {
        List<StoredEvent> news = new ArrayList<>(from.next(PATIENCE));
        List<StoredEvent> more = news;
        while (!more.isEmpty() && news.size() < MOST_FACTS) {
            more = from.next(Duration.ZERO);
            news.addAll(more);
        }
        return news;
    }

    private void hand(
            List<StoredEvent> news,
            OrchestrationReadModel before,
            OrchestrationReadModel now,
            EventSubscription from) {
        boolean tooMany = news.size() >= MOST_FACTS;
        Round round = news.isEmpty() || tooMany ? null : round(news, before, now);
        lock.lock();
        try {
            if (facts != from) {
                return;
            }
            for (Outbox stream : streams) {
                if (round != null) {
                    stream.offer(round);
                } else if (tooMany) {
                    stream.overflow();
                }
            }
        } finally {
            lock.unlock();
        }
        metrics.streamed(news.size());
    }

    private Round round(
            List<StoredEvent> news, OrchestrationReadModel before, OrchestrationReadModel now) {
        var frames = new ArrayList<Frame>(news.size());
        for (StoredEvent fact : news) {
            ThreadId known = Topics.of(fact.event(), now);
            ThreadId thread = known == null ? Topics.of(fact.event(), before) : known;
            frames.add(Frame.of(fact, thread, stele.codec()));
        }
        return new Round(frames);
    }

    private void rest() {
        LockSupport.parkNanos(Math.min(LONGEST_PAUSE, streams.size() * PAUSE_PER_STREAM));
    }

    /** Streams that joined a reader that is gone hear nothing more. */
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
