package dev.stele.persistence.sqlite;

import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogStore;
import dev.stele.persistence.log.Quarantine;
import dev.stele.persistence.log.ReaderPool;
import dev.stele.persistence.log.SnapshotFile;
import dev.stele.persistence.log.TableForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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
public final class SqliteEventStore extends LogStore<LogWriter> {

    private final Path file;
    private final SqliteDatabase database;
    private final LogFormat format;
    private final int maxEventBytes;
    private final Quarantine quarantine;
    private final SqliteRewriting rewriting;

    /** The right to write; none when the store is only read. */
    private final @Nullable WriterLock lock;

    private SqliteEventStore(
            SqliteDatabase database,
            LogFormat format,
            Quarantine quarantine,
            int maxEventBytes,
            @Nullable WriterLock lock) {
        super(
                database,
                format,
                quarantine,
                new SnapshotFile(
                        database,
                        StoreFile.beside(database.file(), ".snapshot"),
                        format,
                        quarantine),
                maxEventBytes,
                ReaderPool.NO_LIMIT);
        this.file = database.file();
        this.database = database;
        this.format = format;
        this.quarantine = quarantine;
        this.maxEventBytes = maxEventBytes;
        this.lock = lock;
        this.rewriting = new SqliteRewriting(this, file);
    }

    private static SqliteEventStore of(
            Path file, int maxEventBytes, JsonCodec codec, @Nullable WriterLock lock) {
        return new SqliteEventStore(
                new SqliteDatabase(file),
                LogFormat.of(codec),
                new Quarantine(),
                maxEventBytes,
                lock);
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
        return openLocked(of(database, maxEventBytes, codec, lock));
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
        SqliteEventStore store = of(StoreFile.toRead(file), 0, codec, null);
        StoreFile.check(store.file, store.format, store.quarantine);
        return store;
    }

    private static SqliteEventStore openLocked(SqliteEventStore store) {
        boolean open = false;
        try {
            if (Files.notExists(store.file)) {
                NewStore.create(store.file);
            }
            store.bringUpToDate();
            StoreFile.check(store.file, store.format, store.quarantine);
            store.<@Nullable Void>write(appender -> {
                appender.rewriter().recover();
                return null;
            });
            open = true;
            return store;
        } catch (SQLException e) {
            throw store.database.failure(e);
        } finally {
            if (!open) {
                store.close();
            }
        }
    }

    /** What makes it unfit to be opened is told by the check that follows. */
    private void bringUpToDate() throws SQLException {
        StoreFile.requireContent(file);
        if (TableForm.of(database) < LogFormat.TABLES) {
            NewStore.upgrade(file);
        }
    }

    @Override
    protected LogWriter connect() throws SQLException {
        if (lock == null) {
            throw readOnly();
        }
        return new LogWriter(database, format, maxEventBytes);
    }

    @Override
    public LogRewriting rewriting() {
        return rewriting;
    }

    @Override
    protected void closeRest() {
        if (lock != null) {
            lock.close();
        }
    }
}
