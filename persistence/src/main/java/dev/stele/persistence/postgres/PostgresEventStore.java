package dev.stele.persistence.postgres;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import dev.stele.domain.port.WriterLease;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogReader;
import dev.stele.persistence.log.LogRewriter;
import dev.stele.persistence.log.Quarantine;
import dev.stele.persistence.log.ReaderPool;
import dev.stele.persistence.log.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The event store in a PostgreSQL database that several nodes may share: one connection that
 * appends while this node has the lease, one for the lease, one that hears of news, and some that
 * read.
 *
 * <p>When the server or the network goes away, what was under way fails with an exception, and the
 * next call connects anew. An append whose answer did not come may have happened: {@link #head} and
 * {@link #receipt} tell.
 */
public final class PostgresEventStore implements EventStore {

    /** Of a server's connections, which are few, a node takes so many to read. */
    private static final int READERS = 4;

    /** A follower looks so often although nobody has told it of news. */
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);

    private final PostgresDatabase database;
    private final LogFormat format;
    private final Quarantine quarantine;
    private final ReaderPool readers;
    private final News news;
    private final ModelSnapshots snapshots;
    private final Term term = new Term();

    /** None when the store is only read. */
    private final @Nullable Limits limits;

    /** None when the store is only read. */
    private final @Nullable PostgresLease lease;

    private final ReentrantLock writing = new ReentrantLock();

    /** None after a failure, until the next append. Changed by whoever is writing. */
    private volatile @Nullable PostgresWriter writer;

    private volatile boolean closed;

    private PostgresEventStore(
            PostgresDatabase database,
            LogFormat format,
            Quarantine quarantine,
            ModelSnapshots snapshots,
            @Nullable Limits limits) {
        this.database = database;
        this.format = format;
        this.quarantine = quarantine;
        this.limits = limits;
        this.snapshots = snapshots;
        this.readers = new ReaderPool(database, format, quarantine, READERS);
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
    public long head() {
        return readers.ask(LogReader::head);
    }

    @Override
    public AppendResult append(Append append) {
        AppendResult result = write(writer -> writer.append(append));
        if (result instanceof AppendResult.Appended) {
            append.entries().forEach(entry -> entry.events().forEach(quarantine::stored));
        }
        return result;
    }

    /** What is written. */
    interface Writing<T extends @Nullable Object> {
        /** Writes it. */
        T with(PostgresWriter writer) throws SQLException;
    }

    /** Writes something by the one connection that does, and alone. */
    <T extends @Nullable Object> T write(Writing<T> work) {
        writing.lock();
        boolean settled = false;
        try {
            T result = work.with(openWriter());
            settled = true;
            return result;
        } catch (SQLException e) {
            throw database.failure(e);
        } finally {
            if (!settled) {
                discardWriter();
            }
            writing.unlock();
        }
    }

    private PostgresWriter openWriter() throws SQLException {
        if (closed) {
            throw ReaderPool.closed(database);
        }
        if (limits == null) {
            throw new StoreException(
                    "The store " + database + " is open to read only; open it to write.", null);
        }
        PostgresWriter open = writer;
        if (open == null) {
            open = new PostgresWriter(database, format, limits, term);
            writer = open;
        }
        return open;
    }

    /** Takes back what was begun, by ending its connection. */
    private void discardWriter() {
        PostgresWriter last = writer;
        writer = null;
        if (last != null) {
            last.abort();
        }
    }

    @Override
    public List<StoredEvent> read(long afterSequence, int limit) {
        if (afterSequence < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "a page starts after 0 or later and holds at least 1 event, not "
                            + afterSequence
                            + " and "
                            + limit);
        }
        return readers.ask(reader -> reader.events(afterSequence, limit));
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return readers.<@Nullable Receipt>ask(reader -> reader.receiptAt(sequence));
    }

    @Override
    public @Nullable Receipt receipt(CommandId commandId) {
        return readers.<@Nullable Receipt>ask(reader -> reader.receipt(commandId));
    }

    @Override
    public long providerMark(TurnId turnId) {
        return readers.ask(reader -> reader.providerMark(turnId));
    }

    @Override
    public ModelSnapshots snapshots() {
        return snapshots;
    }

    /** Makes what takes the place of a stretch; nobody waits for it. */
    LogRewriter.Draft draft(StretchChange change) {
        int maxEventBytes = limits == null ? 0 : limits.maxEventBytes();
        try (Connection looking = database.looking()) {
            return new LogRewriter(database, format, looking, maxEventBytes).draft(change);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /** Asks a reader. */
    <T extends @Nullable Object> T ask(ReaderPool.Question<T> question) {
        return readers.ask(question);
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

    /**
     * Gives the lease back and ends all connections. An append that is under way in another thread
     * fails; it may have happened.
     */
    @Override
    public void close() {
        closed = true;
        PostgresWriter last = writer;
        if (last != null) {
            last.abort(); // whoever waits for its answer waits no longer
        }
        writing.lock();
        try {
            discardWriter();
        } finally {
            writing.unlock();
        }
        if (lease != null) {
            lease.close();
        }
        news.close();
        readers.close();
    }
}
