package dev.stele.app.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** What one would write without an engine: each caller inserts its row and commits it. */
final class CommitPerCommand implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;

    CommitPerCommand(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, payload BLOB)");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO event (payload) VALUES (?)");
    }

    synchronized void append(byte[] payload) {
        try {
            insert.setBytes(1, payload);
            insert.executeUpdate();
            connection.commit();
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
