package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.persistence.log.Sql;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * One durable append of some streamed deltas, against the least that SQLite can do: the same bytes
 * into one table, and a commit.
 *
 * <p>The two take turns, since the speed of a disk changes by the second. What counts is the
 * quotient of their sums, of the time on the clock and of the processor's; the score is that of a
 * pair and tells nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 4)
@Fork(2)
public class AppendBenchmark {

    private static final byte[] PAYLOAD =
            "{\"turnId\":\"trn_01jnf8yq4mekw9v2c7x5d0z3hb\",\"ordinal\":7,\"text\":\"twelve chars\"}"
                    .getBytes(UTF_8);

    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    /** How many events go into one commit. */
    @Param({"1", "16", "256"})
    public int events;

    private Path folder;
    private SqliteEventStore store;
    private long storeHead;
    private Connection bare;
    private PreparedStatement begin;
    private PreparedStatement insert;
    private PreparedStatement commit;

    /** For JMH, which fills everything before it measures. */
    @SuppressWarnings("NullAway.Init")
    public AppendBenchmark() {}

    /** Opens a store, and a database with one table. */
    @Setup
    public void open() throws IOException, SQLException {
        folder = Files.createTempDirectory("stele-append");
        store = Stores.open(folder.resolve("stele.db"));
        Path database = Files.createFile(folder.resolve("bare.db"));
        bare = Connections.appending(database);
        try (Statement statement = bare.createStatement()) {
            statement.execute("create table log (sequence integer primary key, payload blob)");
        }
        begin = bare.prepareStatement(SqliteDatabase.SQL.begin);
        insert = bare.prepareStatement("insert into log (payload) values (?)");
        commit = bare.prepareStatement(Sql.COMMIT);
    }

    /** Closes both, and removes what they wrote. */
    @TearDown
    public void close() throws IOException, SQLException {
        store.close();
        bare.close();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    /**
     * Sums in microseconds: the bare table's and the store's, by the clock and by the processor.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Times {
        /** Of the bare table. */
        public long bareClock;

        /** Of the bare table. */
        public long bareProcessor;

        /** Of the store. */
        public long storeClock;

        /** Of the store. */
        public long storeProcessor;

        /** For JMH. */
        public Times() {}
    }

    /**
     * Appends to each.
     *
     * @param times what they take
     */
    @Benchmark
    public void appendToEach(Times times) throws SQLException {
        long clock = System.nanoTime();
        long processor = PROCESSOR.getCurrentThreadCpuTime();
        appendToTable();
        long clockBetween = System.nanoTime();
        long processorBetween = PROCESSOR.getCurrentThreadCpuTime();
        storeHead = SizedDeltas.append(store, storeHead, events);
        times.bareClock += micros(clock, clockBetween);
        times.bareProcessor += micros(processor, processorBetween);
        times.storeClock += micros(clockBetween, System.nanoTime());
        times.storeProcessor += micros(processorBetween, PROCESSOR.getCurrentThreadCpuTime());
    }

    private static long micros(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1000;
    }

    private void appendToTable() throws SQLException {
        begin.execute();
        for (int i = 0; i < events; i++) {
            insert.setBytes(1, PAYLOAD);
            insert.addBatch();
        }
        insert.executeBatch();
        commit.execute();
    }
}
