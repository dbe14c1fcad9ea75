package dev.stele.git.reactor;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.git.capture.StopSign;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins each piece of work that the model asks for once, on a virtual thread of its own. What the
 * model no longer asks for is told to stop. Thread-safe.
 */
final class WorkLoop {

    private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration NAP = Duration.ofSeconds(1);

    /** Whoever waits is woken by news and by the end; an idle server does nothing at all. */
    private static final Duration QUIET = Duration.ofHours(1);

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What was begun and is still asked for, done or not: nothing is begun twice. */
    private final Set<String> begun = new HashSet<>();

    private final Map<String, Running> running = new HashMap<>();
    private @Nullable Source source;
    private long seen = -1;
    private boolean closed;

    private record Running(StopSign stop, Thread thread) {}

    /** Where work comes from. */
    private record Source(
            EventFeed feed,
            EventSubscription events,
            Function<OrchestrationReadModel, List<Job>> finder) {}

    /**
     * @param name names the threads
     */
    WorkLoop(String name) {
        this.name = name;
    }

    /**
     * Takes over what the model asks for now, and goes on with what comes.
     *
     * @param finder tells all open work of a model that can be done now; called under a lock
     */
    void start(EventFeed feed, Function<OrchestrationReadModel, List<Job>> finder) {
        OrchestrationReadModel model = feed.model();
        var from = new Source(feed, feed.subscribe(model.sequence()), finder);
        lock.lock();
        try {
            source = from;
            look(from, model);
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("stele-" + name).start(() -> listen(from));
    }

    private void listen(Source from) {
        while (!from.events().isClosed()) {
            try {
                List<StoredEvent> news = from.events().next(QUIET);
                if (news.stream().anyMatch(stored -> Relevance.of(stored.event()))) {
                    look(from, from.feed().model());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The {} reactor could not read the log; it tries again.", name, e);
                pause(NAP);
            }
        }
    }

    /** Begins what is asked for and not begun, and stops what is no longer asked for. */
    private void look(Source from, OrchestrationReadModel model) {
        lock.lock();
        try {
            if (closed || model.sequence() < seen) {
                return;
            }
            seen = model.sequence();
            List<Job> open = from.finder().apply(model);
            Set<String> asked = new HashSet<>();
            open.forEach(job -> asked.add(job.key()));
            running.forEach((key, run) -> {
                if (!asked.contains(key)) {
                    run.stop().raise();
                }
            });
            begun.removeIf(key -> !asked.contains(key) && !running.containsKey(key));
            open.forEach(this::begin);
        } finally {
            lock.unlock();
        }
    }

    /** Begins a job that no model asks for, but the reactor itself. */
    void runOnce(Job job) {
        lock.lock();
        try {
            begin(job);
        } finally {
            lock.unlock();
        }
    }

    private void begin(Job job) {
        if (closed || !begun.add(job.key())) {
            return;
        }
        var stop = new StopSign();
        Thread thread =
                Thread.ofVirtual()
                        .name("stele-" + name + "-" + job.key())
                        .unstarted(() -> run(job, stop));
        running.put(job.key(), new Running(stop, thread));
        thread.start();
    }

    private void run(Job job, StopSign stop) {
        try {
            job.action().run(stop);
        } catch (InterruptedException e) {
            LOG.warn("The work {} was given up; it is found again at the next start.", job.key());
        } catch (RuntimeException | Error e) {
            LOG.error("The work {} failed; it is found again at the next start.", job.key(), e);
        } finally {
            ended(job.key());
        }
    }

    private void ended(String key) {
        lock.lock();
        try {
            running.remove(key);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs and the newest model asks for nothing that was not begun. */
    boolean drain(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        lock.lock();
        try {
            Source from = source;
            while (from != null && !closed) {
                look(from, from.feed().model());
                if (running.isEmpty()) {
                    return true;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || changed.awaitNanos(left) <= 0) {
                    return false;
                }
            }
            return running.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits, unless the loop is closed meanwhile.
     *
     * @return whether it is still open
     */
    boolean pause(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(deadline - System.nanoTime());
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Stops everything and waits for it to end. */
    void close() {
        lock.lock();
        try {
            closed = true;
            Source from = source;
            if (from != null) {
                from.events().close();
            }
            running.values().forEach(run -> run.stop().raise());
            changed.signalAll();
            if (!awaitQuiet()) {
                running.values().forEach(run -> run.thread().interrupt());
                if (!awaitQuiet()) {
                    LOG.warn("The {} reactor leaves work behind: {}", name, running.keySet());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitQuiet() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!running.isEmpty()) {
                if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
