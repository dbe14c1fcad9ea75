package dev.stele.persistence.log;

import dev.stele.domain.port.StoreException;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Readers that are lent to one caller at a time, and kept for the next. When a kept one has lost
 * its connection, the question is asked once more on a new one. Thread-safe.
 */
public final class ReaderPool implements AutoCloseable {

    private static final int KEPT = 4;

    /** As many readers at a time as there are callers. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    private final LogDatabase database;
    private final LogFormat format;
    private final Quarantine quarantine;
    private final UnknownFields unknown = new UnknownFields();
    private final Semaphore permits;
    private final ArrayBlockingQueue<LogReader> idle = new ArrayBlockingQueue<>(KEPT);
    private volatile boolean closed;

    /**
     * A pool without readers yet.
     *
     * @param database the store's
     * @param format of what is in it
     * @param quarantine the places whose events are not given out
     * @param limit of readers at a time; further callers wait
     */
    public ReaderPool(LogDatabase database, LogFormat format, Quarantine quarantine, int limit) {
        this.permits = new Semaphore(limit);
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
        permits.acquireUninterruptibly();
        try {
            return askSome(question);
        } catch (SQLException e) {
            throw database.failure(e);
        } finally {
            permits.release();
        }
    }

    private <T extends @Nullable Object> T askSome(Question<T> question) throws SQLException {
        LogReader kept = idle.poll();
        if (kept != null) {
            try {
                return ask(kept, question);
            } catch (SQLException e) {
                if (!database.isDisconnected(e)) {
                    throw e;
                }
                closeIdle(); // they went the same way
            }
        }
        return ask(new LogReader(database, format, quarantine, unknown), question);
    }

    private <T extends @Nullable Object> T ask(LogReader reader, Question<T> question)
            throws SQLException {
        boolean answered = false;
        try {
            T answer = question.ask(reader);
            answered = true;
            return answer;
        } finally {
            giveBack(reader, answered);
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
