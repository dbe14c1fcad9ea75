package dev.stele.persistence.sqlite;

import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.Samples;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The ways to the model of a log in which agents talked, in turns: the bare rows, which no way can
 * beat, reading them as facts, folding them, and taking up a snapshot. Beside them, following the
 * chain of hashes, carrying the log out, and taking it in. Figures are medians of processor time.
 *
 * <p>The goal is that folding takes at most 1 / 0.35 of reading the bare rows, and that a snapshot
 * costs the same after any history.
 */
final class OpenBenchmark {

    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
    private static final ThreadId THREAD = new ThreadId("thr-1");
    private static final int PAGE = 1_000;
    private static final int ROUNDS = 7;

    /** As many as let the compiler finish with a short log, too. */
    private static final int WARM_UPS = 3;

    private static final int LEAST_FOLDED = 400_000;

    private static final String PAYLOADS = "bare payloads";
    private static final String ROWS = "bare rows";

    private final Path folder;
    private final Path database;
    private final Path export;
    private final EventStore store;
    private final Map<String, List<Double>> nanos = new LinkedHashMap<>();
    private int imports;

    private interface Work {
        Object run() throws SQLException, IOException;
    }

    private OpenBenchmark(Path folder) {
        this.folder = folder;
        database = folder.resolve("stele.db");
        export = folder.resolve("export.jsonl");
        store = Stores.open(database);
    }

    /**
     * Runs it.
     *
     * @param arguments how long logs are, at least; else ten thousand, a hundred thousand, a
     *     million
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        List<String> sizes =
                arguments.length == 0 ? List.of("10000", "100000", "1000000") : List.of(arguments);
        for (String size : sizes) {
            try (var folder = BenchFolder.make()) {
                var benchmark = new OpenBenchmark(folder.path());
                benchmark.fill(Integer.parseInt(size));
                benchmark.run();
            }
        }
    }

    private void fill(int events) {
        ProjectId project = new ProjectId("prj-1");
        append(
                List.of(
                        new ProjectCreated(project, "Stele", "/srv/stele", Samples.AT),
                        new ThreadCreated(THREAD, project, "Talk", "scripted", Samples.AT)));
        for (int turn = 0; store.head() < events; turn += 25) {
            var some = new ArrayList<OrchestrationEvent>();
            for (int i = 0; i < 25; i++) {
                some.addAll(turn(new TurnId("trn_01jnf8yq4mekw9v2c7x5d" + (100_000 + turn + i))));
            }
            append(some);
        }
        store.snapshots().keep(replay());
    }

    private static List<OrchestrationEvent> turn(TurnId id) {
        var events = new ArrayList<OrchestrationEvent>();
        events.add(new TurnStarted(id, THREAD, List.of(new Text("Go on.")), Samples.AT));
        for (int message = 1; message <= 5; message++) {
            events.add(
                    new MessageAppended(
                            id, message, Role.ASSISTANT, new Text("Well, "), null, Samples.AT));
            for (int piece = 0; piece < 38; piece++) {
                events.add(new MessageChunkReceived(id, message, "twelve chars"));
            }
        }
        events.add(new TurnCompleted(id, StopReason.END_TURN, null, null, null, Samples.AT));
        return events;
    }

    private void append(List<OrchestrationEvent> some) {
        var entry = new Append.Entry(some, null, null);
        store.append(new Append(store.head(), Samples.AT, List.of(entry)));
    }

    private void run() throws IOException, SQLException {
        int warmUps = (int) Math.max(WARM_UPS, LEAST_FOLDED / store.head());
        for (int round = -warmUps; round < ROUNDS; round++) {
            round(round < 0);
        }
        long events = store.head();
        store.close();
        System.out.printf(Locale.ROOT, "%n%d events%n", events);
        double bare = median(PAYLOADS);
        double rows = median(ROWS);
        for (String name : nanos.keySet()) {
            double spent = median(name);
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %8.2f ms, %6.3f us an event; the bare payloads take %.2f of it, the"
                            + " bare rows %.2f%n",
                    name,
                    spent / 1e6,
                    spent / 1e3 / events,
                    bare / spent,
                    rows / spent);
        }
    }

    private void round(boolean warmUp) throws IOException, SQLException {
        measure(PAYLOADS, warmUp, () -> readRows("payload"));
        measure(ROWS, warmUp, () -> readRows("payload, sequence, event_type, stored_at"));
        measure("read as facts", warmUp, this::read);
        measure("replay", warmUp, this::replay);
        measure("open the snapshot", warmUp, () -> store.snapshots().newest());
        measure("verify", warmUp, () -> Stores.verify(database));
        if (!warmUp) {
            measure("export", false, this::exportLog);
            measure("import", false, this::importLog);
        }
    }

    private void measure(String name, boolean warmUp, Work work) throws IOException, SQLException {
        long before = PROCESSOR.getCurrentThreadCpuTime();
        work.run();
        double spent = PROCESSOR.getCurrentThreadCpuTime() - before;
        if (!warmUp) {
            nanos.computeIfAbsent(name, _ -> new ArrayList<>()).add(spent);
        }
    }

    private long readRows(String columns) throws SQLException {
        long bytes = 0;
        try (Connection connection = Connections.reading(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select " + columns + " from event")) {
            int count = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                bytes += rows.getBytes(1).length;
                for (int column = 2; column <= count; column++) {
                    bytes += rows.getLong(column);
                }
            }
        }
        return bytes;
    }

    private long read() {
        long sequence = 0;
        List<StoredEvent> page = store.read(sequence, PAGE);
        while (!page.isEmpty()) {
            sequence = page.getLast().sequence();
            page = store.read(sequence, PAGE);
        }
        return sequence;
    }

    private OrchestrationReadModel replay() {
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

    private Object exportLog() throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(export))) {
            return Stores.administration(database).exportTo(out, LogProgress.SILENT);
        }
    }

    private Object importLog() throws IOException {
        Path copy = folder.resolve("import-" + imports++ + ".db");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(export))) {
            return Stores.administration(copy).importFrom(in, LogProgress.SILENT);
        }
    }

    private double median(String name) {
        List<Double> sorted = nanos.getOrDefault(name, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
