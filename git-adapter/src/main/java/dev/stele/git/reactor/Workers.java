package dev.stele.git.reactor;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A few platform threads for work that keeps a processor or a disk busy: on virtual threads it
 * would hold up the agents' pipes, which share the same few carriers. Thread-safe.
 */
final class Workers implements AutoCloseable {

    private final ExecutorService threads;

    /**
     * @param name names the threads
     * @param most how many there are at most
     */
    Workers(String name, int most) {
        threads =
                Executors.newFixedThreadPool(
                        most,
                        Thread.ofPlatform().daemon().name("stele-" + name + "-", 0).factory());
    }

    /**
     * Runs work there and waits for it.
     *
     * @throws ExecutionException with what the work threw
     */
    <T> T call(Callable<T> work) throws InterruptedException, ExecutionException {
        return threads.submit(work).get();
    }

    /** Waits for what runs; it should have been told to stop. */
    @Override
    public void close() {
        threads.close();
    }
}
