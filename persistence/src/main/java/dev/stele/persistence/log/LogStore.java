package dev.stele.persistence.log;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log in tables as a store of events: one connection that appends, and some that read beside it.
 * After a failure the one that appends is ended, which takes back what it had begun; the next
 * append has a new one. Thread-safe.
 *
 * @param <A> the connection that appends
 */
public abstract class LogStore<A extends LogStore.Appender> implements EventStore {

    private final LogDatabase database;
    private final LogFormat format;
    private final Quarantine quarantine;
    private final ModelSnapshots snapshots;
    private final int maxEventBytes;
    private final ReaderPool readers;
    private final ReentrantLock writing = new ReentrantLock();

    /** None after a failure, until the next append. Changed by whoever is writing. */
    private volatile @Nullable A appender;

    private volatile boolean closed;

    /** Guarded by the lock of whoever is writing. */
    private boolean ended;

    /** A connection that appends. For one thread at a time, but for {@link #abort}. */
    public interface Appender {

        /** Adds all of it in one transaction, or nothing. */
        AppendResult append(Append append) throws SQLException;

        /**
         * What replaces stretches of the log on this connection.
         *
         * @throws StoreException when it may not now
         */
        LogRewriter rewriter() throws SQLException;

        /** Lets an append of another thread fail that waits for an answer; most need not. */
        default void abort() {}

        /** Ends it; what was begun is taken back. */
        void close() throws SQLException;
    }

    /** What is written. */
    public interface Writing<A extends Appender, T extends @Nullable Object> {
        /** Writes it. */
        T with(A appender) throws SQLException;
    }

    /**
     * A store that is not connected yet.
     *
     * @param database where the log is
     * @param format of what goes into it
     * @param quarantine the places whose events are not given out
     * @param snapshots where models are kept
     * @param maxEventBytes the largest payload; 0 when the store is only read
     * @param readers how many read at a time; further ones wait
     */
    protected LogStore(
            LogDatabase database,
            LogFormat format,
            Quarantine quarantine,
            ModelSnapshots snapshots,
            int maxEventBytes,
            int readers) {
        this.database = database;
        this.format = format;
        this.quarantine = quarantine;
        this.snapshots = snapshots;
        this.maxEventBytes = maxEventBytes;
        this.readers = new ReaderPool(database, format, quarantine, readers);
    }

    /**
     * A new connection that appends.
     *
     * @throws StoreException when the store is only read, see {@link #readOnly}
     */
    protected abstract A connect() throws SQLException;

    /** Closes what there is besides connections that read and append; called once. */
    protected abstract void closeRest();

    /** The refusal of a store that is only read. */
    protected StoreException readOnly() {
        return new StoreException(
                "The store " + database + " is open to read only; open it to write.", null);
    }

    @Override
    public AppendResult append(Append append) {
        AppendResult result = write(appender -> appender.append(append));
        if (result instanceof AppendResult.Appended) {
            append.entries().forEach(entry -> entry.events().forEach(quarantine::stored));
        }
        return result;
    }

    /**
     * Writes something by the one connection that does, and alone.
     *
     * @param work what is written
     */
    public <T extends @Nullable Object> T write(Writing<A, T> work) {
        writing.lock();
        boolean settled = false;
        try {
            T result = work.with(open());
            settled = true;
            return result;
        } catch (SQLException e) {
            throw database.failure(e);
        } finally {
            if (!settled) {
                discard();
            }
            writing.unlock();
        }
    }

    private A open() throws SQLException {
        if (closed) {
            throw ReaderPool.closed(database);
        }
        A open = appender;
        if (open == null) {
            open = connect();
            appender = open;
        }
        return open;
    }

    /** What the connection says to its end is no news: the failure that led here is. */
    private void discard() {
        try {
            closeAppender();
        } catch (SQLException _) {
            // it is gone in any case
        }
    }

    private void closeAppender() throws SQLException {
        A last = appender;
        appender = null;
        if (last != null) {
            last.close();
        }
    }

    /**
     * Makes what takes the place of a stretch; nobody waits for it.
     *
     * @param change of the stretch
     */
    LogRewriter.Draft draft(StretchChange change) {
        try (Connection looking = database.looking()) {
            return new LogRewriter(database, format, looking, maxEventBytes).draft(change);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /**
     * The answer of some reader.
     *
     * @param question what is asked
     */
    <T extends @Nullable Object> T ask(ReaderPool.Question<T> question) {
        return readers.ask(question);
    }

    @Override
    public long head() {
        return readers.ask(LogReader::head);
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
    public Map<CommandId, Receipt> receipts(Collection<CommandId> commandIds) {
        return readers.ask(reader -> reader.receipts(commandIds));
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

    /** Ends all connections. An append that is under way ends first, or may have happened. */
    @Override
    public final void close() {
        closed = true;
        A last = appender;
        if (last != null) {
            last.abort();
        }
        writing.lock();
        try {
            if (!ended) {
                ended = true;
                closeAll();
            }
        } finally {
            writing.unlock();
        }
    }

    private void closeAll() {
        try {
            readers.close();
            closeAppender();
        } catch (SQLException e) {
            throw database.failure(e);
        } finally {
            closeRest();
        }
    }
}
