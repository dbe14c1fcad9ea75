package dev.stele.persistence.sqlite;

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
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogReader;
import dev.stele.persistence.log.LogRewriter;
import dev.stele.persistence.log.Quarantine;
import dev.stele.persistence.log.ReaderPool;
import dev.stele.persistence.log.SnapshotFile;
import dev.stele.persistence.log.TableForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The event store in one SQLite file: one connection that appends, and some that read beside it.
 *
 * <p>An append that failed leaves nothing behind and the store usable: the next one works when the
 * cause is gone. An event of a type or version that this program does not know is kept, and read as
 * an {@link dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent}. In place of one that
 * is not what was written there, there is an {@link
 * dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent}.
 */
public final class SqliteEventStore implements EventStore {

    private final Path database;
    private final LogFormat format;
    private final int maxEventBytes;
    private final Quarantine quarantine = new Quarantine();
    private final ReaderPool readers;
    private final SnapshotFile snapshots;
    private final SqliteRewriting rewriting;

    /** The right to write; none when the store is only read. */
    private final @Nullable WriterLock lock;

    private final ReentrantLock writing = new ReentrantLock();

    /** None after a failure, until the next append. */
    private @Nullable LogWriter writer;

    private boolean closed;

    private SqliteEventStore(
            Path database, LogFormat format, int maxEventBytes, @Nullable WriterLock lock) {
        this.database = database;
        this.format = format;
        this.maxEventBytes = maxEventBytes;
        this.lock = lock;
        this.readers =
                new ReaderPool(
                        new SqliteDatabase(database), format, quarantine, ReaderPool.NO_LIMIT);
        this.snapshots =
                new SnapshotFile(
                        new SqliteDatabase(database),
                        StoreFile.beside(database, ".snapshot"),
                        format,
                        quarantine);
        this.rewriting = new SqliteRewriting(this, database);
    }

    /**
     * Opens a store as its one writer, and makes it first when it is missing.
     *
     * @param file the database
     * @param maxEventBytes the largest event in bytes of its JSON
     * @param codec of all domain types
     * @throws StoreException.Locked when another process writes to it
     * @throws StoreException.Damaged when it is no store, or one that cannot be trusted
     * @throws StoreException when it cannot be opened
     */
    public static SqliteEventStore openToWrite(Path file, int maxEventBytes, JsonCodec codec) {
        Path database = StoreFile.toWrite(file);
        WriterLock lock = WriterLock.acquire(database);
        return openLocked(new SqliteEventStore(database, LogFormat.of(codec), maxEventBytes, lock));
    }

    /**
     * Opens a store to read what is committed, while another process may write to it.
     *
     * @param file the database
     * @param codec of all domain types
     * @throws StoreException.Damaged when it is no store, or one that cannot be trusted
     * @throws StoreException when there is none, or it cannot be opened
     */
    public static SqliteEventStore openToRead(Path file, JsonCodec codec) {
        Path database = StoreFile.toRead(file);
        LogFormat format = LogFormat.of(codec);
        var store = new SqliteEventStore(database, format, 0, null);
        StoreFile.check(database, format, store.quarantine);
        return store;
    }

    private static SqliteEventStore openLocked(SqliteEventStore store) {
        boolean open = false;
        try {
            if (Files.notExists(store.database)) {
                NewStore.create(store.database);
            }
            store.bringUpToDate();
            StoreFile.check(store.database, store.format, store.quarantine);
            store.openWriter().rewriter().recover();
            open = true;
            return store;
        } catch (SQLException e) {
            throw Failures.of(store.database, e);
        } finally {
            if (!open) {
                store.close();
            }
        }
    }

    /** What makes it unfit to be opened is told by the check that follows. */
    private void bringUpToDate() throws SQLException {
        StoreFile.requireContent(database);
        if (TableForm.of(new SqliteDatabase(database)) < LogFormat.TABLES) {
            NewStore.upgrade(database);
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
        T with(LogWriter writer) throws SQLException;
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
            throw Failures.of(database, e);
        } finally {
            if (!settled) {
                discardWriter();
            }
            writing.unlock();
        }
    }

    private LogWriter openWriter() throws SQLException {
        if (closed) {
            throw ReaderPool.closed(new SqliteDatabase(database));
        }
        if (lock == null) {
            throw new StoreException(
                    "The store " + database + " is open to read only; open it to write.", null);
        }
        if (writer == null) {
            writer = new LogWriter(new SqliteDatabase(database), format, maxEventBytes);
        }
        return writer;
    }

    /** Takes back what was begun, by closing its connection; what it says to that is no news. */
    private void discardWriter() {
        try {
            closeWriter();
        } catch (SQLException _) {
            // the failure that led here is the one to tell
        }
    }

    private void closeWriter() throws SQLException {
        LogWriter last = writer;
        writer = null;
        if (last != null) {
            last.close();
        }
    }

    /** Makes what takes the place of a stretch; nobody waits for it. */
    LogRewriter.Draft draft(StretchChange change) {
        var file = new SqliteDatabase(database);
        try (Connection looking = file.looking()) {
            return new LogRewriter(file, format, looking, maxEventBytes).draft(change);
        } catch (SQLException e) {
            throw Failures.of(database, e);
        }
    }

    /** Asks a reader. */
    <T extends @Nullable Object> T ask(ReaderPool.Question<T> question) {
        return readers.ask(question);
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
    public @Nullable CommandId lastCommandId() {
        return readers.<@Nullable CommandId>ask(LogReader::lastCommandId);
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
    public LogRewriting rewriting() {
        return rewriting;
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                closeAll();
            }
        } finally {
            writing.unlock();
        }
    }

    private void closeAll() {
        try {
            readers.close();
            closeWriter();
        } catch (SQLException e) {
            throw Failures.of(database, e);
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
