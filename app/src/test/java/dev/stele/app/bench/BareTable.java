package dev.stele.app.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that SQLite can do: rows into one table, and a commit that is synced. For one thread.
 */
final class BareTable implements CommitPerDrain.Rows {
    private final Duration slower;
    private final Connection connection;
    private final PreparedStatement insert;

    /**
     * A table.
     *
     * @param file the database
     * @param slower how much longer each commit is to take, as on a slower disk
     */
    BareTable(Path file, Duration slower) throws SQLException {
        this.slower = slower;
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, payload BLOB)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO event (payload) VALUES (?)");
    }

    @Override
    public void commit(List<byte[]> payloads) {
        try {
            for (byte[] payload : payloads) {
                insert.setBytes(1, payload);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
            LockSupport.parkNanos(slower.toNanos());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
