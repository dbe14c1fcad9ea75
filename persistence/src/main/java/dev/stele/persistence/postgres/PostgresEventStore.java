package dev.stele.persistence.postgres;

import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.WriterLease;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogRewriter;
import dev.stele.persistence.log.LogStore;
import dev.stele.persistence.log.Quarantine;
import dev.stele.persistence.log.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The event store in a PostgreSQL database that several nodes may share: one connection that
 * appends while this node has the lease, one for the lease, one that hears of news, and some that
 * read.
 *
 * <p>When the server or the network goes away, what was under way fails with an exception, and the
 * next call connects anew. An append whose answer did not come may have happened: {@link #head} and
 * {@link #receipt} tell. Closing ends an append that waits for an answer in the same way.
 */
public final class PostgresEventStore extends LogStore<PostgresWriter> {

    /** Of a server's connections, which are few, a node takes so many to read. */
    private static final int READERS = 4;

    /** A follower looks so often although nobody has told it of news. */
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);

    private final PostgresDatabase database;
    private final LogFormat format;
    private final News news;
    private final Term term = new Term();

    /** None when the store is only read. */
    private final @Nullable Limits limits;

    /** None when the store is only read. */
    private final @Nullable PostgresLease lease;

    private PostgresEventStore(
            PostgresDatabase database,
            LogFormat format,
            Quarantine quarantine,
            ModelSnapshots snapshots,
            @Nullable Limits limits) {
        super(
                database,
                format,
                quarantine,
                snapshots,
                limits == null ? 0 : limits.maxEventBytes(),
                READERS);
        this.database = database;
        this.format = format;
        this.limits = limits;
        this.news = new News(database);
        this.lease = limits == null ? null : new PostgresLease(database, limits.lease(), term);
    }

    /**
     * Opens a log to write to it whenever this node has the lease, and makes its tables first when
     * they are missing.
     *
     * @param login how the database is reached
     * @param limits what this node keeps to
     * @param snapshots the folder where the newest model is kept; null for none
     * @param codec of all domain types
     * @throws StoreException.Damaged when the tables are none of a log, or cannot be trusted
     * @throws StoreException when the log cannot be opened
     */
    public static PostgresEventStore openToWrite(
            Login login, Limits limits, @Nullable Path snapshots, JsonCodec codec) {
        var database = new PostgresDatabase(login);
        LogFormat format = LogFormat.of(codec);
        var quarantine = new Quarantine();
        try {
            database.requireKnownSettings();
            database.appending(limits.lease()).close();
            Tables.bringUpToDate(database);
            Tables.check(database, format, quarantine);
            recover(database, format, limits);
            return new PostgresEventStore(
                    database,
                    format,
                    quarantine,
                    kept(snapshots, database, format, quarantine),
                    limits);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /** What a writer that is gone left half done; one that is there does it itself. */
    private static void recover(PostgresDatabase database, LogFormat format, Limits limits)
            throws SQLException {
        try (Connection connection = database.appending();
                PreparedStatement select = connection.prepareStatement(PostgresSql.STATE);
                ResultSet row = select.executeQuery()) {
            row.next();
            if (row.getLong(5) <= 0) {
                new LogRewriter(database, format, connection, limits.maxEventBytes()).recover();
            }
        }
    }

    private static ModelSnapshots kept(
            @Nullable Path folder,
            PostgresDatabase database,
            LogFormat format,
            Quarantine quarantine)
            throws SQLException {
        if (folder == null) {
            return ModelSnapshots.NONE;
        }
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("postgresql-" + Tables.storeId(database) + ".snapshot");
            return new SnapshotFile(database, file, format, quarantine);
        } catch (IOException e) {
            throw new StoreException(
                    "The folder "
                            + folder
                            + " for the newest model of the store "
                            + database
                            + " cannot be made: "
                            + e,
                    e);
        }
    }

    /**
     * Opens a log to read what is committed, while others may write to it.
     *
     * @param login how the database is reached
     * @param snapshots the folder where the newest model is kept; null for none
     * @param codec of all domain types
     * @throws StoreException.Damaged when the tables are none of a log, or cannot be trusted
     * @throws StoreException when there is none, or it cannot be opened
     */
    public static PostgresEventStore openToRead(
            Login login, @Nullable Path snapshots, JsonCodec codec) {
        var database = new PostgresDatabase(login);
        LogFormat format = LogFormat.of(codec);
        var quarantine = new Quarantine();
        try {
            database.requireKnownSettings();
            Tables.check(database, format, quarantine);
            return new PostgresEventStore(
                    database,
                    format,
                    quarantine,
                    kept(snapshots, database, format, quarantine),
                    null);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    @Override
    protected PostgresWriter connect() throws SQLException {
        if (limits == null) {
            throw readOnly();
        }
        return new PostgresWriter(database, format, limits, term);
    }

    /** Who writes has no need to hear of it. */
    @Override
    public AppendResult append(Append append) {
        news.rest();
        return super.append(append);
    }

    @Override
    public LogRewriting rewriting() {
        return new PostgresRewriting(this, database);
    }

    @Override
    public @Nullable WriterLease lease() {
        return lease;
    }

    @Override
    public boolean awaitBeyond(long sequence, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean told = false;
        while (head() <= sequence) {
            long left = deadline - System.nanoTime();
            if (told || left <= 0) {
                return false;
            }
            try {
                told = news.await(Duration.ofNanos(Math.min(left, LOOK_AT_LEAST_EVERY.toNanos())));
            } catch (SQLException e) {
                throw database.failure(e);
            }
        }
        return true;
    }

    /** Gives the lease back. */
    @Override
    protected void closeRest() {
        if (lease != null) {
            lease.close();
        }
        news.close();
    }
}
