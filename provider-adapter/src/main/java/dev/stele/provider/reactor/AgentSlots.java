package dev.stele.provider.reactor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The places for agents that run, as many as may run at once. Who finds none free waits, first come
 * first served; an agent that has nothing to do gives up its place to one who waits, the one that
 * is idle for longest first. Thread-safe.
 */
final class AgentSlots {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<CountDownLatch> waiting = new ArrayDeque<>();
    private final Map<ThreadAgent, Long> idleSince = new LinkedHashMap<>();
    private int free;

    /**
     * All places are free.
     *
     * @param most how many there are, at least 1
     */
    AgentSlots(int most) {
        free = most;
    }

    /**
     * Takes a place, waiting for it.
     *
     * @throws InterruptedException when the waiting thread is interrupted; it holds no place then
     */
    void take() throws InterruptedException {
        var place = new CountDownLatch(1);
        ThreadAgent asked = takeOrWait(place);
        if (asked != null) {
            asked.retire();
        }
        try {
            place.await();
        } catch (InterruptedException interrupted) {
            giveUp(place);
            throw interrupted;
        }
    }

    private @Nullable ThreadAgent takeOrWait(CountDownLatch place) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                place.countDown();
                return null;
            }
            waiting.add(place);
            return idleSince.isEmpty() ? null : removeOldest();
        } finally {
            lock.unlock();
        }
    }

    private ThreadAgent removeOldest() {
        ThreadAgent oldest = idleSince.keySet().iterator().next();
        idleSince.remove(oldest);
        return oldest;
    }

    private void giveUp(CountDownLatch place) {
        lock.lock();
        try {
            if (!waiting.remove(place)) {
                give();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back. */
    void give() {
        lock.lock();
        try {
            CountDownLatch next = waiting.poll();
            if (next == null) {
                free++;
            } else {
                next.countDown();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * An agent that holds a place has nothing to do.
     *
     * @return whether it may keep its place; else someone waits for it
     */
    boolean mayRest(ThreadAgent agent) {
        lock.lock();
        try {
            if (!waiting.isEmpty()) {
                return false;
            }
            idleSince.put(agent, System.nanoTime());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * An agent that rests has something to do.
     *
     * @return whether it has its place still; else it was asked to give it up
     */
    boolean wakes(ThreadAgent agent) {
        lock.lock();
        try {
            return idleSince.remove(agent) != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether an agent rests, and was not asked to give up its place. */
    boolean isResting(ThreadAgent agent) {
        lock.lock();
        try {
            return idleSince.containsKey(agent);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The agents that rest for as long as this or longer; they are asked to give up their place.
     */
    List<ThreadAgent> restingFor(Duration limit) {
        lock.lock();
        try {
            long now = System.nanoTime();
            var tired = new ArrayList<ThreadAgent>();
            idleSince.forEach((agent, since) -> {
                if (now - since >= limit.toNanos()) {
                    tired.add(agent);
                }
            });
            tired.forEach(idleSince::remove);
            return tired;
        } finally {
            lock.unlock();
        }
    }
}
