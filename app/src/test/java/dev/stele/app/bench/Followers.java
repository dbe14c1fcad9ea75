package dev.stele.app.bench;

import dev.stele.app.engine.Engine;
import dev.stele.app.support.SharedEngine;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Nodes that follow a log which another one writes, each with a subscriber; they tell how long
 * after the writer's answer a fact has come to their subscribers.
 */
final class Followers implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final List<Engine> engines;
    private final ExecutorService threads;
    private final Map<Long, Long> answered = new ConcurrentHashMap<>();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private record Arrival(long sequence, long at) {}

    /**
     * Nodes that have caught up.
     *
     * @param address of the log
     * @param count how many
     */
    Followers(String address, int count) {
        engines =
                IntStream.range(0, count)
                        .mapToObj(i -> SharedEngine.open(address, "follower-" + i, null))
                        .toList();
        threads = Executors.newFixedThreadPool(count);
        engines.forEach(engine -> threads.execute(() -> follow(engine)));
    }

    private void follow(Engine engine) {
        try (EventSubscription facts = engine.subscribe(engine.model().sequence())) {
            while (!stopped) {
                List<StoredEvent> next = facts.next(LOOK);
                if (!next.isEmpty()) {
                    arrivals.add(new Arrival(next.getLast().sequence(), System.nanoTime()));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The writer has just answered a command whose last fact has this place. */
    void answered(long sequence) {
        answered.put(sequence, System.nanoTime());
    }

    /** Forgets what was measured. */
    void clear() {
        answered.clear();
        arrivals.clear();
    }

    /** The milliseconds that so many of a hundred arrivals came at most after the answer. */
    double lag(int percent) {
        var nanos = new ArrayList<Long>();
        for (Arrival arrival : arrivals) {
            Long answer = answered.get(arrival.sequence());
            if (answer != null) {
                nanos.add(Math.max(0, arrival.at() - answer));
            }
        }
        nanos.sort(null);
        return nanos.isEmpty() ? Double.NaN : nanos.get((nanos.size() - 1) * percent / 100) / 1e6;
    }

    @Override
    public void close() {
        stopped = true;
        threads.close();
        engines.forEach(Engine::close);
    }
}
