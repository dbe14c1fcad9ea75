package dev.stele.app.failover;

import dev.stele.persistence.server.PostgresServer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The long failover run: {@code ./stele bench failover --rounds 200 --seed 7}, in which two fifths
 * of the rounds kill and the others freeze. It prints a line of figures, or fails with what was
 * broken and the folder with the nodes' logs.
 */
public final class FailoverBenchmark {
    private static final PrintStream OUT = System.out;
    private static final Duration LEASE = Duration.ofSeconds(2);

    private FailoverBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments {@code --rounds N}, else 100, or 10 among other benchmarks; {@code --seed
     *     N}, else a new one
     */
    public static void main(String... arguments) throws Exception {
        int usual = Boolean.getBoolean("stele.bench.short") ? 10 : 100;
        int rounds = Math.toIntExact(number(List.of(arguments), "--rounds", usual));
        int kills = 2 * rounds / 5;
        long seed = number(List.of(arguments), "--seed", System.nanoTime());
        Path folder = Files.createTempDirectory("stele-failover");
        OUT.printf(
                "%d kills and %d freezes with the seed %d, logs in %s%n",
                kills, rounds - kills, seed, folder);
        try (var run = new Failover(PostgresServer.shared().newLog(), LEASE, folder, seed)) {
            OUT.println(run.run(kills, rounds - kills));
        }
        System.exit(0);
    }

    private static long number(List<String> arguments, String name, long otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : Long.parseLong(arguments.get(at + 1));
    }
}
