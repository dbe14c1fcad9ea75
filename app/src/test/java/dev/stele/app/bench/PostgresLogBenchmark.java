package dev.stele.app.bench;

import com.google.inject.Guice;
import dev.stele.app.engine.CompactionOptions;
import dev.stele.app.engine.CompactionReport;
import dev.stele.app.engine.Engine;
import dev.stele.app.support.Commands;
import dev.stele.app.support.SharedEngine;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.project.Projector;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.PostgresConfig.Address;
import dev.stele.persistence.PostgresModule;
import dev.stele.persistence.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A log in PostgreSQL in which an agent speaks in pieces of twelve characters: the bytes that each
 * takes while it streams and after compaction, and the ways to the model before compaction: the
 * bare rows, which no way can beat, reading them as facts, folding them, and a node that opens with
 * the model that it has kept. Figures of time are medians of the clock and of this program's
 * processor time; the server has its own beside it.
 */
public final class PostgresLogBenchmark {
    private static final int PIECES = 100_000;
    private static final int PAGE = 1_000;
    private static final int ROUNDS = 5;
    private static final String WORDS = "the agent reads, thinks, tries it once more and says so. ";

    private final PostgresServer server;
    private final String address;
    private final Path folder;
    private final Random random = new Random(7);

    private interface Work {
        Object run() throws SQLException;
    }

    private PostgresLogBenchmark(PostgresServer server, Path folder) {
        this.server = server;
        this.address = server.newLog();
        this.folder = folder;
    }

    /**
     * Runs it.
     *
     * @param arguments how many pieces; else 100,000
     */
    public static void main(String[] arguments) throws Exception {
        int pieces = arguments.length == 0 ? PIECES : Integer.parseInt(arguments[0]);
        try (PostgresServer server = PostgresServer.startOwn();
                Disk disk = Disk.open()) {
            new PostgresLogBenchmark(server, disk.file("models")).run(pieces);
        }
        System.exit(0);
    }

    private void run(int pieces) throws SQLException, InterruptedException {
        try (Engine engine = SharedEngine.openToWrite(address, folder)) {
            long before = fill(engine, pieces);
            System.out.printf(
                    Locale.ROOT,
                    "%.1f bytes a piece while it streams%n",
                    (double) (room() - before) / pieces);
        }
        ways();
        try (Engine engine = SharedEngine.openToWrite(address, folder)) {
            CompactionReport report = engine.compact(CompactionOptions.USUAL, LogProgress.SILENT);
            System.out.printf(
                    Locale.ROOT,
                    "%.1f bytes a piece after compaction: %s%n",
                    (double) room() / pieces,
                    report);
        }
    }

    /** Gives the bytes that it took before the first piece. */
    private long fill(Engine engine, int pieces) throws InterruptedException {
        for (OrchestrationCommand command :
                List.of(Commands.project(1), Commands.thread(1), Commands.turn(1))) {
            answer(engine.submit(command));
        }
        long before = room();
        CompletableFuture<DispatchResult> last = new CompletableFuture<>();
        for (int i = 1; i <= pieces; i++) {
            int from = random.nextInt(WORDS.length() - 12);
            last = engine.submit(Commands.says(i, WORDS.substring(from, from + 12)));
        }
        answer(last);
        answer(engine.submit(Commands.ends(pieces + 1)));
        return before;
    }

    private static void answer(CompletableFuture<DispatchResult> answer) {
        DurableEngine.requireAccepted(answer.join());
    }

    private long room() {
        return Long.parseLong(
                String.valueOf(
                        server.ask(
                                "select sum(pg_total_relation_size(c.oid)) from pg_class c"
                                        + " where relkind = 'r' and relnamespace = '"
                                        + schema()
                                        + "'::regnamespace")));
    }

    private String schema() {
        return address.substring(address.indexOf('=') + 1);
    }

    private void ways() throws SQLException {
        measure("bare rows", this::readRows);
        try (EventStore store = reading()) {
            measure("read as facts", () -> read(store));
            measure("replay", () -> replay(store));
        }
        measure("open a node by its model", () -> open(folder));
        measure("open a node without one", () -> open(null));
    }

    private EventStore reading() {
        var reading = new PostgresModule(PostgresConfig.reading(Address.parse(address), null));
        return Guice.createInjector(reading).getInstance(EventStore.class);
    }

    private void measure(String name, Work work) throws SQLException {
        var wall = new ArrayList<Double>();
        var program = new ArrayList<Double>();
        for (int round = 0; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            double processor = Processor.ofProcess();
            work.run();
            if (round > 0) { // the first one warms up
                wall.add((System.nanoTime() - start) / 1e6);
                program.add((Processor.ofProcess() - processor) / 1e3);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.1f ms, %8.1f ms of the processor%n",
                name,
                median(wall),
                median(program));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private long readRows() throws SQLException {
        String rowsOfLog =
                "select payload, sequence, event_type, stored_at from "
                        + schema()
                        + ".event order by sequence";
        long bytes = 0;
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false); // else the driver reads all rows at once
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(PAGE);
                try (ResultSet rows = statement.executeQuery(rowsOfLog)) {
                    while (rows.next()) {
                        bytes += rows.getBytes(1).length + rows.getLong(2) + rows.getInt(3);
                    }
                }
            }
        }
        return bytes;
    }

    private static long read(EventStore store) {
        long sequence = 0;
        List<StoredEvent> page = store.read(sequence, PAGE);
        while (!page.isEmpty()) {
            sequence = page.getLast().sequence();
            page = store.read(sequence, PAGE);
        }
        return sequence;
    }

    private static OrchestrationReadModel replay(EventStore store) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        List<StoredEvent> page = store.read(0, PAGE);
        while (!page.isEmpty()) {
            for (StoredEvent event : page) {
                model = Projector.project(model, event);
            }
            page = store.read(model.sequence(), PAGE);
        }
        return model;
    }

    private Object open(@Nullable Path snapshots) {
        try (Engine engine = SharedEngine.open(address, "writer", snapshots)) {
            return engine.model();
        }
    }
}
