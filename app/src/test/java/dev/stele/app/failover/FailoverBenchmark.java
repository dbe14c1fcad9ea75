package dev.stele.app.failover;

import dev.stele.persistence.server.PostgresServer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The long failover run: {@code ./stele bench failover --rounds 200 --seed 7}. It prints a line of
 * figures, or fails with what was broken and the folder with the nodes' logs.
 */
public final class FailoverBenchmark {
    private static final PrintStream OUT = System.out;

    private FailoverBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments {@code --rounds N}, else 100, or 10 among other benchmarks; {@code --seed
     *     N}, else a new one
     */
    public static void main(String... arguments) throws Exception {
        int usual = Boolean.getBoolean("stele.bench.short") ? 10 : 100;
        long rounds = number(List.of(arguments), "--rounds", usual);
        long seed = number(List.of(arguments), "--seed", System.nanoTime());
        Path folder = Files.createTempDirectory("stele-failover");
        OUT.println(rounds + " rounds with the seed " + seed + ", logs in " + folder);
        try (var run = new Failover(PostgresServer.shared().newLog(), folder, seed)) {
            OUT.println(run.run(Math.toIntExact(rounds)));
        }
        System.exit(0);
    }

    private static long number(List<String> arguments, String name, long otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : Long.parseLong(arguments.get(at + 1));
    }
}
