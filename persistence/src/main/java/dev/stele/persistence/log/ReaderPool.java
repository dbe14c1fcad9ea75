package dev.stele.persistence.log;

import dev.stele.domain.port.StoreException;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Readers that are lent to one caller at a time, and kept for the next. Thread-safe. */
public final class ReaderPool implements AutoCloseable {

    private static final int KEPT = 4;

    private final LogDatabase database;
    private final LogFormat format;
    private final Quarantine quarantine;
    private final ArrayBlockingQueue<LogReader> idle = new ArrayBlockingQueue<>(KEPT);
    private volatile boolean closed;

    /**
     * A pool without readers yet.
     *
     * @param database the store's
     * @param format of what is in it
     * @param quarantine the places whose events are not given out
     */
    public ReaderPool(LogDatabase database, LogFormat format, Quarantine quarantine) {
        this.database = database;
        this.format = format;
        this.quarantine = quarantine;
    }

    /** What is asked of a reader. */
    public interface Question<T extends @Nullable Object> {
        /** The answer. */
        T ask(LogReader reader) throws SQLException;
    }

    /**
     * The answer of some reader.
     *
     * @param question what is asked
     * @throws StoreException when the store is closed or fails
     */
    public <T extends @Nullable Object> T ask(Question<T> question) {
        if (closed) {
            throw closed(database);
        }
        try {
            LogReader kept = idle.poll();
            LogReader reader = kept == null ? new LogReader(database, format, quarantine) : kept;
            boolean answered = false;
            try {
                T answer = question.ask(reader);
                answered = true;
                return answer;
            } finally {
                giveBack(reader, answered);
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /** A reader that failed is not kept: whatever it stumbled on may be gone with it. */
    private void giveBack(LogReader reader, boolean answered) throws SQLException {
        if (!answered || !idle.offer(reader)) {
            reader.close();
        }
        if (closed) {
            closeIdle();
        }
    }

    /** Closes the readers; one that is lent is closed when it comes back. */
    @Override
    public void close() {
        closed = true;
        try {
            closeIdle();
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private void closeIdle() throws SQLException {
        for (LogReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }

    /** The refusal of a closed store. */
    public static StoreException closed(LogDatabase database) {
        return new StoreException(
                "The store " + database + " is closed; open it again to use it.", null);
    }
}
