package dev.stele.provider.reactor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Two hundred sessions in twenty processes of the scripted agent that all stream at once, before a
 * writer that is slower than they are. Options: how many processes (20), sessions in each (10) and
 * pieces of words in each session (5000). It ends with an error when a word is lost or out of its
 * order, when the heap grows with what is said, when all stand still, or when a process is left.
 */
final class CrowdBenchmark {
    private static final int NUMBERS = 1_000;
    private static final long MOST_HEAP = 150;

    private CrowdBenchmark() {}

    /**
     * Runs it.
     *
     * @param args how many processes, sessions in each, and pieces in each session
     */
    public static void main(String[] args) throws Exception {
        int processes = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int sessions = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        int pieces = args.length > 2 ? Integer.parseInt(args[2]) : 5_000;
        Path home = Files.createTempDirectory("stele-crowd");
        var crowd = new Crowd(home, processes, sessions, NUMBERS, Math.max(1, pieces / NUMBERS));
        var memory = new MemoryWatch(crowd.pids());
        long start = System.nanoTime();
        double seconds;
        List<MemoryWatch.Sample> samples;
        double processor;
        try (crowd) {
            crowd.play();
            seconds = (System.nanoTime() - start) / 1e9;
            samples = memory.stop();
            processor = processorSeconds(crowd.pids());
        }
        System.out.printf(
                Locale.ROOT,
                "%d sessions in %d processes: %,d events, none lost or out of order%n"
                        + "%.0f s, %,.0f events a second; processor: ours %.0f s, agents %.0f s%n"
                        + "%d processes left%n",
                processes * sessions,
                processes,
                crowd.events(),
                seconds,
                crowd.events() / seconds,
                processorSeconds(List.of(ProcessHandle.current().pid())),
                processor,
                crowd.left().size());
        print(samples);
        long most = samples.stream().mapToLong(MemoryWatch.Sample::liveHeap).max().orElse(0);
        if (most > MOST_HEAP || !crowd.left().isEmpty()) {
            throw new IllegalStateException("memory is not bounded, or a process is left");
        }
    }

    /** Of processes that run. */
    private static double processorSeconds(List<Long> pids) {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(time -> time.toMillis() / 1e3)
                .sum();
    }

    private static void print(List<MemoryWatch.Sample> samples) {
        System.out.println("after   live heap   resident   all agents resident   (MiB)");
        int step = Math.max(1, samples.size() / 10);
        for (int i = 0; i < samples.size(); i += step) {
            MemoryWatch.Sample sample = samples.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "%4.0f s   %9d   %8d   %19d%n",
                    sample.seconds(),
                    sample.liveHeap(),
                    sample.resident(),
                    sample.agents());
        }
    }
}
