package dev.stele.app.bench;

import dev.stele.app.engine.Engine;
import dev.stele.app.support.Commands;
import dev.stele.domain.port.DispatchResult;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * The processor time of one piece of an agent's text, from the command to the durable fact, when
 * many come together: the writer's own (it decides, folds, encodes and appends), and that of the
 * whole process with the hand-over and the answers. Beside it stand rows of the same size in a bare
 * table, 512 in a transaction.
 *
 * <p>The goal is at most 12 microseconds for the writer.
 */
final class DeltaCommandBenchmark {
    private static final int ROUNDS = 5;
    private static final int DELTAS = 200_000;
    private static final int DRAIN = 512;

    private DeltaCommandBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments how many rounds; else 5
     */
    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        try (Disk disk = Disk.open();
                var table = new BareTable(disk.file("bare.db"), Duration.ZERO);
                Engine engine = DurableEngine.open(disk.file("stele.db"), Duration.ZERO)) {
            for (int round = 0; round <= rounds; round++) {
                double start = Processor.ofProcess();
                fill(table);
                double between = Processor.ofProcess();
                double writer = Processor.ofWriter();
                speak(engine, (long) round * DELTAS);
                System.out.printf(
                        Locale.ROOT,
                        "%s: writer %.2f us a delta, process %.2f us; a bare row %.2f us%n",
                        round == 0 ? "warm-up" : "round " + round,
                        (Processor.ofWriter() - writer) / DELTAS,
                        (Processor.ofProcess() - between) / DELTAS,
                        (between - start) / DELTAS);
            }
        }
    }

    private static void fill(BareTable table) {
        List<byte[]> drain = Collections.nCopies(DRAIN, new byte[75]);
        for (int i = 0; i < DELTAS; i += DRAIN) {
            table.commit(drain);
        }
    }

    private static void speak(Engine engine, long said) throws InterruptedException {
        CompletableFuture<DispatchResult> last = new CompletableFuture<>();
        for (int i = 1; i <= DELTAS; i++) {
            last = engine.submit(Commands.says(said + i, "twelve chars"));
        }
        DurableEngine.requireAccepted(last.join());
    }
}
