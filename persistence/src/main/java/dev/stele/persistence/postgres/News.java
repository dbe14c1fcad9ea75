package dev.stele.persistence.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A connection that hears when somebody has written. It only saves time: what there is is read from
 * the log, and whoever waits looks there again after a while in any case. Thread-safe.
 */
final class News implements AutoCloseable {

    /** A wait ends so soon after its thread was interrupted, or this was closed. */
    private static final int SLICE_MILLISECONDS = 100;

    private static final String CHANNEL = "select 'stele_' || store_id from meta";

    private final PostgresDatabase database;
    private final ReentrantLock listening = new ReentrantLock();

    /** None while nobody waits; changed under the lock. */
    private volatile @Nullable Connection connection;

    private volatile boolean closed;

    /**
     * A listener that is not connected yet.
     *
     * @param database where the log is
     */
    News(PostgresDatabase database) {
        this.database = database;
    }

    /**
     * Waits for news. May return at once, and always does when it has only begun to listen: what
     * came before is in the log already.
     *
     * @param limit how long to wait at most
     * @return whether there may be news
     */
    boolean await(Duration limit) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        if (!listening.tryLock()) {
            if (listening.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                listening.unlock(); // whoever listened has heard something, or waited long enough
            }
            return false;
        }
        boolean sound = false;
        try {
            boolean news = connection == null ? listen() : hear(deadline);
            sound = true;
            return news;
        } finally {
            if (!sound || closed) {
                disconnect();
            }
            listening.unlock();
        }
    }

    private boolean listen() throws SQLException {
        Connection open = database.listening();
        connection = open;
        try (PreparedStatement select = open.prepareStatement(CHANNEL);
                ResultSet row = select.executeQuery();
                Statement statement = open.createStatement()) {
            row.next();
            statement.execute("listen " + statement.enquoteIdentifier(row.getString(1), true));
        }
        return false;
    }

    private boolean hear(long deadline) throws SQLException, InterruptedException {
        PGConnection open = Objects.requireNonNull(connection).unwrap(PGConnection.class);
        while (!closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            // Zero would wait without an end.
            int slice = Math.clamp(left, 1, SLICE_MILLISECONDS);
            PGNotification[] heard = open.getNotifications(slice);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (heard != null && heard.length > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Hears nothing until somebody waits again: what nobody fetched would pile up at the server.
     */
    void rest() {
        if (connection != null && listening.tryLock()) {
            try {
                disconnect();
            } finally {
                listening.unlock();
            }
        }
    }

    private void disconnect() {
        Connection last = connection;
        connection = null;
        if (last != null) {
            Quietly.close(last);
        }
    }

    /** Whoever listens notices soon. */
    @Override
    public void close() {
        closed = true;
        rest();
    }
}
