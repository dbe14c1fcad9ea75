package dev.stele.app.crash;

import dev.stele.app.jvm.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Kills a writing process over and over, and proves the log after each time. To be started by
 * {@code ./stele bench crash --rounds 10000}; {@code --seed N} repeats the moments of a run. Ends
 * with 1 at the first loss, and leaves the log where it says.
 */
final class CrashBenchmark {

    private static final int TOLD_EVERY = 100;

    private CrashBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments {@code --rounds N}, else 200, or 40 among other benchmarks, and {@code
     *     --seed N}, else one by chance
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        long rounds =
                option(arguments, "--rounds", Boolean.getBoolean("stele.bench.short") ? 40 : 200);
        long seed = option(arguments, "--seed", System.nanoTime());
        Path folder = Files.createTempDirectory("stele-kills-");
        System.out.printf("%d rounds, seed %d, logs in %s%n", rounds, seed, folder);
        ChildJvm jvm =
                ChildJvm.trained(
                        folder, CallingChild.class.getName(), folder.resolve("scratch").toString());
        long start = System.nanoTime();
        try (var kills = new Kills(folder, seed, jvm)) {
            for (long round = 1; round <= rounds; round++) {
                try {
                    kills.round();
                } catch (AssertionError | RuntimeException failure) {
                    System.out.printf("LOST in round %d, seed %d: %s%n", round, seed, failure);
                    System.exit(1);
                }
                if (round % TOLD_EVERY == 0 || round == rounds) {
                    System.out.printf(
                            Locale.ROOT,
                            "%d kills: %d commands answered before them, all there; %d more had"
                                    + " come through unanswered, and were answered once; %.0f s%n",
                            round,
                            kills.answered(),
                            kills.unanswered(),
                            (System.nanoTime() - start) / 1e9);
                }
            }
        }
    }

    private static long option(String[] arguments, String name, long otherwise) {
        int at = List.of(arguments).indexOf(name);
        return at < 0 || at + 1 == arguments.length ? otherwise : Long.parseLong(arguments[at + 1]);
    }
}
