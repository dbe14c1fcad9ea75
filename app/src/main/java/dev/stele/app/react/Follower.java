package dev.stele.app.react;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread that follows the log from the newest model on and hands each fact to its
 * listener. Where the log cannot be read it begins again with the model. Thread-safe; started and
 * closed once.
 */
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final EventFeed feed;
    private final Listener listener;
    private final Thread worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private long seen = -1;

    /** Who acts on facts. */
    public interface Listener {

        /**
         * Does what a model asks for, whatever led to it.
         *
         * @param model the model from which the facts go on that are heard next
         * @throws InterruptedException when the follower is closed
         */
        void begin(OrchestrationReadModel model) throws InterruptedException;

        /**
         * Does what a fact asks for.
         *
         * @param fact the fact; the feed's model stands at it or later
         * @throws InterruptedException when the follower is closed
         */
        void hear(StoredEvent fact) throws InterruptedException;
    }

    /**
     * A follower that has not begun.
     *
     * @param name names its thread
     * @param feed the log
     * @param listener acts on facts
     */
    public Follower(String name, EventFeed feed, Listener listener) {
        this.feed = feed;
        this.listener = listener;
        this.worker = Thread.ofVirtual().name(name).unstarted(this::work);
    }

    /** Begins to follow. */
    public void start() {
        worker.start();
    }

    /**
     * Waits until everything that is in the log now has been acted on.
     *
     * @param timeout how long to wait at most
     * @return whether it has
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        long target = feed.model().sequence();
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (seen < target && worker.isAlive() && left > 0) {
                left = progress.awaitNanos(left);
            }
            return seen >= target;
        } finally {
            lock.unlock();
        }
    }

    /** Stops following, and waits until nothing is acted on any more. */
    public void close() {
        worker.interrupt();
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = follow();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether to begin again: what the log cannot show, the model still tells. */
    private boolean follow() throws InterruptedException {
        OrchestrationReadModel model = feed.model();
        try (EventSubscription subscription = feed.subscribe(model.sequence())) {
            listener.begin(model);
            while (!subscription.isClosed()) {
                show(subscription.position());
                for (StoredEvent event : subscription.next(PATIENCE)) {
                    listener.hear(event);
                }
            }
            return false;
        } catch (StoreException failure) {
            LOG.warn(
                    "The log cannot be read; {} goes on from the model", worker.getName(), failure);
            return true;
        }
    }

    private void show(long position) {
        lock.lock();
        try {
            seen = position;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
