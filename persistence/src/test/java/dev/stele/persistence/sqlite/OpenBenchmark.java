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
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ways to the model of a log in which agents talked: the bare rows, which no way can beat,
 * folding all of them, and taking up a snapshot. Beside them, following the chain of hashes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class OpenBenchmark {

    private static final ThreadId THREAD = new ThreadId("thr-1");
    private static final int PAGE = 1_000;

    /** How long the log is, at least. */
    @Param({"10000", "100000", "1000000"})
    public int events;

    private Path folder;
    private Path database;
    private EventStore store;

    /** For JMH, which fills everything before it measures. */
    @SuppressWarnings("NullAway.Init")
    public OpenBenchmark() {}

    /** Makes a log and a snapshot at its end. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("stele-open");
        database = folder.resolve("stele.db");
        store = Stores.open(database);
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

    /** Removes what was written. */
    @TearDown
    public void close() throws IOException {
        store.close();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    /** Reads the rows and does nothing with them. */
    @Benchmark
    public long readBareRows() throws SQLException {
        long bytes = 0;
        try (Connection connection = Connections.reading(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select payload from event")) {
            while (rows.next()) {
                bytes += rows.getBytes(1).length;
            }
        }
        return bytes;
    }

    /** Folds all facts. */
    @Benchmark
    public OrchestrationReadModel replay() {
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

    /** Takes up the snapshot. */
    @Benchmark
    public OrchestrationReadModel openSnapshot() {
        return store.snapshots().newest();
    }

    /** Follows the chain of hashes. */
    @Benchmark
    public LogVerification verify() {
        return Stores.verify(database);
    }
}
