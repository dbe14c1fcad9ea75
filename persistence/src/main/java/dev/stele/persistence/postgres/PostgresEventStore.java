package dev.stele.persistence.postgres;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.WriterLease;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogReader;
import dev.stele.persistence.log.Quarantine;
import dev.stele.persistence.log.ReaderPool;
import dev.stele.persistence.log.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        writing.lock();
        boolean settled = false;
        try {
            AppendResult result = openWriter().append(append);
            settled = true;
            if (result instanceof AppendResult.Appended) {
                append.entries().forEach(entry -> entry.events().forEach(quarantine::stored));
            }
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
    public @Nullable Receipt receipt(CommandId commandId) {
        return readers.<@Nullable Receipt>ask(reader -> reader.receipt(commandId));
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return readers.<@Nullable Receipt>ask(reader -> reader.receiptAt(sequence));
    }

    @Override
    public long providerMark(TurnId turnId) {
        return readers.ask(reader -> reader.providerMark(turnId));
    }

    @Override
    public ModelSnapshots snapshots() {
        return snapshots;
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
