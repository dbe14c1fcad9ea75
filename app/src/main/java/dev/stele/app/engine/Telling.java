package dev.stele.app.engine;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscriber being told. It may be as slow or as faulty as it likes: nobody waits for it. */
final class Telling {
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration NAP = Duration.ofSeconds(1);

    private final Subscriber subscriber;
    private final EventFeed feed;
    private final EventSubscription facts;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);

    /**
     * A telling that has not begun.
     *
     * @param subscriber who is told
     * @param feed tells the facts
     * @throws IllegalArgumentException when the subscriber knows facts that are not in the log
     */
    Telling(Subscriber subscriber, EventFeed feed) {
        Long after = subscriber.after();
        this.subscriber = subscriber;
        this.feed = feed;
        this.facts = feed.subscribe(after == null ? feed.model().sequence() : after);
        this.thread =
                Thread.ofVirtual()
                        .name("stele-subscriber-" + subscriber.name())
                        .unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /**
     * Ends it after the feed has ended: it hears the rest, unless that takes too long or cannot be
     * read.
     *
     * @param deadline when it is given up, by {@link System#nanoTime}
     */
    void finish(long deadline) {
        ending.countDown();
        if (!thread.equals(Thread.currentThread())) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
        long end = feed.model().sequence();
        if (facts.position() < end) {
            LOG.warn(
                    "The subscriber {} had been told up to {} of {} when Stele was closed",
                    subscriber.name(),
                    facts.position(),
                    end);
        }
    }

    private void work() {
        try {
            while (!facts.isClosed()) {
                next().forEach(this::tell);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private List<StoredEvent> next() throws InterruptedException {
        try {
            return facts.next(PATIENCE);
        } catch (StoreException failure) {
            LOG.warn(
                    "The log cannot be read for the subscriber {}; it is tried again soon",
                    subscriber.name(),
                    failure);
            if (ending.await(NAP.toMillis(), TimeUnit.MILLISECONDS)) {
                facts.close();
            }
            return List.of();
        }
    }

    /** One failure costs a subscriber one fact, and nobody else anything. */
    private void tell(StoredEvent fact) {
        try {
            subscriber.listener().accept(fact);
        } catch (RuntimeException | Error failure) {
            LOG.error(
                    "The subscriber {} failed at {}; it is told what comes after it",
                    subscriber.name(),
                    fact.sequence(),
                    failure);
        }
    }
}
