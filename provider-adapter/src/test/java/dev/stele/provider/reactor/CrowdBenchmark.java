package dev.stele.provider.reactor;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two hundred sessions in twenty processes of the scripted agent that all stream at once, before a
 * writer that is slower than they are. Options: how many processes (20), sessions in each (10) and
 * pieces of words in each session (5000). It ends with an error when a word is lost or out of its
 * order, when the heap grows with what is said, or when a process is left.
 */
final class CrowdBenchmark {
    private static final int NUMBERS = 1_000;
    private static final long MOST_HEAP = 150L << 20;

    private CrowdBenchmark() {}

    public static void main(String[] args) throws Exception {
        int processes = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int sessions = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        int pieces = args.length > 2 ? Integer.parseInt(args[2]) : 5_000;
        Path home = Files.createTempDirectory("stele-crowd");
        long start = System.nanoTime();
        var heap = new HeapWatch();
        var crowd = new Crowd(home, processes, sessions, NUMBERS, Math.max(1, pieces / NUMBERS));
        try (crowd) {
            crowd.play();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long most = heap.most();
        System.out.printf(
                Locale.ROOT,
                "%d sessions in %d processes: %,d events in %.0f s, none lost or out of order;"
                        + " live heap at most %d MiB; %d processes left%n",
                processes * sessions,
                processes,
                crowd.events(),
                seconds,
                most >> 20,
                crowd.left().size());
        if (most > MOST_HEAP || !crowd.left().isEmpty()) {
            throw new IllegalStateException("memory is not bounded, or a process is left");
        }
    }

    /** Looks at what lives on the heap after collections. */
    private static final class HeapWatch implements Runnable {
        private final Thread thread = Thread.ofPlatform().daemon().start(this);
        private volatile long most;
        private final CountDownLatch done = new CountDownLatch(1);

        @Override
        public void run() {
            try {
                while (!done.await(500, TimeUnit.MILLISECONDS)) {
                    System.gc();
                    var used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                    most = Math.max(most, used);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        long most() throws InterruptedException {
            done.countDown();
            thread.join();
            return most;
        }
    }
}
