package dev.stele.provider.reactor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks once a second at the memory of this process, after a collection, and of some others. */
final class MemoryWatch {
    private final List<Long> agents;
    private final long start = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;

    /**
     * A watch that looks from now on.
     *
     * @param agents the other processes
     */
    MemoryWatch(List<Long> agents) {
        this.agents = List.copyOf(agents);
        thread = Thread.ofPlatform().daemon().name("memory-watch").start(this::look);
    }

    /**
     * What was seen, in MiB.
     *
     * @param seconds since the beginning
     * @param liveHeap what lives on our heap
     * @param resident what the system holds of us in memory
     * @param agents the same of the other processes, together
     */
    record Sample(double seconds, long liveHeap, long resident, long agents) {}

    private void look() {
        try {
            while (!done.await(1, TimeUnit.SECONDS)) {
                System.gc();
                var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
                samples.add(
                        new Sample(
                                (System.nanoTime() - start) / 1e9,
                                heap.getUsed() >> 20,
                                resident(ProcessHandle.current().pid()),
                                agents.stream().mapToLong(MemoryWatch::resident).sum()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static long resident(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
                }
            }
        } catch (IOException _) {
            // It is gone, or this is no Linux.
        }
        return 0;
    }

    /** Ends it. */
    List<Sample> stop() throws InterruptedException {
        done.countDown();
        thread.join();
        return List.copyOf(samples);
    }
}
