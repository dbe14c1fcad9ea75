package dev.stele.git.restore;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Some threads that share the work on a long list. It never goes on before all of them have ended.
 */
final class Hands {

    /** Fewer are done before another thread is awake. */
    private static final int FEW = 64;

    private static final int MOST = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    /** Their threads end when there is nothing to do for a while. */
    private static final ExecutorService POOL =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("stele-restore-", 0).factory());

    private Hands() {}

    /** Work on a part of a list. */
    interface Share {
        /**
         * Does it.
         *
         * @param from the first one
         * @param to after the last one
         */
        void work(int from, int to) throws IOException;
    }

    /**
     * Does the work on all of a list.
     *
     * @param size how long it is
     * @throws IOException the first failure; the others go on to their end
     */
    static void share(int size, Share share) throws IOException {
        int hands = size < FEW ? 1 : MOST;
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < hands; i++) {
            int from = size * i / hands;
            int to = size * (i + 1) / hands;
            others.add(
                    POOL.submit(() -> {
                        share.work(from, to);
                        return from;
                    }));
        }
        try {
            share.work(0, size / hands);
        } finally {
            others.forEach(Hands::await);
        }
        for (Future<?> other : others) {
            result(other);
        }
    }

    private static void await(Future<?> other) {
        boolean interrupted = false;
        while (other.state() == Future.State.RUNNING) {
            try {
                other.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                // Told below.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void result(Future<?> other) throws IOException {
        try {
            other.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case IOException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IOException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while files were brought back.");
        }
    }
}
