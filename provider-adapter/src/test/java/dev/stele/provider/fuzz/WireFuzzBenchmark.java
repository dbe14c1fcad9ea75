package dev.stele.provider.fuzz;

import dev.stele.provider.dialogue.RecordedDialogues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lines of agents, most of them right and many wrong in their bytes, values or order, through a
 * real connection and the normalisers of both protocols. Options: how many lines (10 million), and
 * a seed. It ends with an error when anything is thrown, or when a turn stays open or ends twice.
 */
final class WireFuzzBenchmark {
    private static final long USUAL_LINES = 10_000_000;
    private static final long LINES_OF_A_CONNECTION = 250_000;

    private WireFuzzBenchmark() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        long lines = args.length > 0 ? Long.parseLong(args[0].replace("_", "")) : USUAL_LINES;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 20_261_122;
        List<FuzzedAgent.Script> scripts =
                RecordedDialogues.names().map(FuzzedAgent.Script::of).toList();
        long start = System.nanoTime();
        long turns = 0;
        long events = 0;
        var played = new ArrayList<Future<Rules>>();
        try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (long from = 0; from < lines; from += LINES_OF_A_CONNECTION) {
                long count = Math.min(LINES_OF_A_CONNECTION, lines - from);
                long ownSeed = seed + from / LINES_OF_A_CONNECTION;
                played.add(pool.submit(() -> new FuzzedAgent(scripts, count, ownSeed).play()));
            }
            for (Future<Rules> one : played) {
                turns += one.get().turns();
                events += one.get().events();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d lines in %.0f s: %,d turns, each ended once; %,d events; nothing was thrown"
                        + " (seed %d)%n",
                lines,
                seconds,
                turns,
                events,
                seed);
    }
}
