package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
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
 * into one table, and a commit. Both are synced: with one event it is the disk that is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class AppendBenchmark {

    private static final byte[] PAYLOAD =
            "{\"turnId\":\"trn_01jnf8yq4mekw9v2c7x5d0z3hb\",\"ordinal\":7,\"text\":\"twelve chars\"}"
                    .getBytes(UTF_8);

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
        begin = bare.prepareStatement(Sql.BEGIN);
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
     * Commands with marks, as the engine appends them.
     *
     * @return the new head
     */
    @Benchmark
    public long store() {
        storeHead = SizedDeltas.append(store, storeHead, events);
        return storeHead;
    }

    /**
     * Rows and a commit.
     *
     * @return the number of rows
     */
    @Benchmark
    public int bareJdbc() throws SQLException {
        begin.execute();
        for (int i = 0; i < events; i++) {
            insert.setBytes(1, PAYLOAD);
            insert.addBatch();
        }
        int rows = insert.executeBatch().length;
        commit.execute();
        return rows;
    }
}
