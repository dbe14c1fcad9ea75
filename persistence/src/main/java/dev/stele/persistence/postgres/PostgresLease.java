package dev.stele.persistence.postgres;

import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.LeaseState.Elsewhere;
import dev.stele.domain.port.LeaseState.Held;
import dev.stele.domain.port.WriterLease;
import dev.stele.persistence.log.ReaderPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lease in the row that also holds the log's head, so that whoever moves the head has looked at
 * the lease under the same lock. It has a connection of its own: an append that hangs must not keep
 * this node from renewing it, nor from learning that it is lost.
 */
final class PostgresLease implements WriterLease, AutoCloseable {

    private static final String LOCK_TIMEOUT = "55P03";

    /** Until a holder's end is seen both as over and as not over: its clock ticks in between. */
    private static final int TRIES = 3;

    private final PostgresDatabase database;
    private final String node;
    private final Duration length;
    private final Term term;
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable Connection connection;
    private boolean closed;

    /**
     * A lease that is not taken.
     *
     * @param database where it is kept
     * @param length of it
     * @param term gets the token
     */
    PostgresLease(PostgresDatabase database, Duration length, Term term) {
        this.database = database;
        this.node = database.login().node();
        this.length = length;
        this.term = term;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public Duration length() {
        return length;
    }

    @Override
    public LeaseState take() {
        return ask(this::take);
    }

    @Override
    public void release() {
        if (term.token() != Term.NONE) {
            ask(this::release);
        }
    }

    /** What is asked of the connection. */
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) {
        asking.lock();
        try {
            boolean kept = connection != null;
            try {
                return askOnce(question);
            } catch (SQLException e) {
                if (kept && Failures.isDisconnected(e) && !Failures.isTimeout(e)) {
                    return askOnce(question); // it went away since it was used last
                }
                throw e;
            }
        } catch (SQLException e) {
            throw database.failure(e);
        } finally {
            asking.unlock();
        }
    }

    private <T> T askOnce(Question<T> question) throws SQLException {
        boolean answered = false;
        try {
            T answer = question.ask(connected());
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                disconnect();
            }
        }
    }

    private Connection connected() throws SQLException {
        if (closed) {
            throw ReaderPool.closed(database);
        }
        Connection open = connection;
        if (open == null) {
            open = database.leasing(length);
            connection = open;
        }
        return open;
    }

    private LeaseState take(Connection open) throws SQLException {
        LeaseState state = new Elsewhere("", Duration.ZERO);
        for (int i = 0; i < TRIES; i++) {
            Held held = update(open);
            if (held != null) {
                term.set(held.token());
                return held;
            }
            state = look(open);
            if (state instanceof Held || ((Elsewhere) state).left().isPositive()) {
                return state;
            }
        }
        return state;
    }

    private @Nullable Held update(Connection open) throws SQLException {
        try (PreparedStatement update = open.prepareStatement(PostgresSql.TAKE_LEASE)) {
            update.setLong(1, term.token());
            update.setString(2, node);
            update.setLong(3, length.toMillis());
            update.setLong(4, term.token());
            try (ResultSet row = update.executeQuery()) {
                return row.next()
                        ? new Held(
                                row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant())
                        : null;
            }
        } catch (SQLException e) {
            if (LOCK_TIMEOUT.equals(e.getSQLState())) {
                return null; // an append is under way, of the holder: this is how it stands
            }
            throw e;
        }
    }

    private LeaseState look(Connection open) throws SQLException {
        try (PreparedStatement select = open.prepareStatement(PostgresSql.STATE);
                ResultSet row = select.executeQuery()) {
            row.next();
            Duration left = Duration.ofMillis(Math.max(0, row.getLong(5)));
            return row.getLong(3) == term.token() && left.isPositive()
                    ? new Held(term.token(), row.getObject(6, OffsetDateTime.class).toInstant())
                    : new Elsewhere(String.valueOf(row.getString(4)), left);
        }
    }

    private boolean release(Connection open) throws SQLException {
        try (PreparedStatement update = open.prepareStatement(PostgresSql.RELEASE_LEASE)) {
            update.setLong(1, term.token());
            update.execute();
        }
        term.set(Term.NONE);
        return true;
    }

    private void disconnect() {
        Connection last = connection;
        connection = null;
        if (last != null) {
            Quietly.close(last);
        }
    }

    /** Gives the lease back if it is held and the server can be reached; else it runs out. */
    @Override
    public void close() {
        asking.lock();
        try {
            if (!closed && term.token() != Term.NONE) {
                release(connected());
            }
        } catch (SQLException _) {
            // it ends by itself
        } finally {
            closed = true;
            disconnect();
            asking.unlock();
        }
    }
}
