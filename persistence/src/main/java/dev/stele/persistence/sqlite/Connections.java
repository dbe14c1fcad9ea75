package dev.stele.persistence.sqlite;

import dev.stele.domain.port.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * Connections to the database. They are in auto-commit mode: the driver's own transactions would
 * hold the write lock from one commit to the next.
 */
final class Connections {

    /** A look at one state of the store, while others write. */
    private static final String BEGIN_READING = "begin deferred";

    private static final int BUSY_MILLISECONDS = 5_000;

    /** What the pragma answers for FULL. */
    private static final int FULL = 2;

    private Connections() {}

    /** A connection that can only read, and makes nothing that is missing. */
    static Connection reading(Path database) throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return config.createConnection(url(database));
    }

    /** A connection that reads, and sees one state of the log for as long as it is open. */
    static Connection looking(Path database) throws SQLException {
        Connection connection = reading(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN_READING);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * A connection that appends, with every commit synced to the disk.
     *
     * @throws StoreException when the file system does not let it be so
     */
    static Connection appending(Path database) throws SQLException {
        SQLiteConfig config = config();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        Connection connection = config.createConnection(url(database));
        try {
            requireDurable(connection, database);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLISECONDS);
        config.setGetGeneratedKeys(false); // else every insert is followed by a question for them
        return config;
    }

    private static void requireDurable(Connection connection, Path database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma fullfsync = 1"); // macOS syncs to the disk only when told so
        }
        String journal = pragma(connection, "journal_mode = wal");
        String synchronous = pragma(connection, "synchronous");
        if (!journal.equals("wal") || Integer.parseInt(synchronous) != FULL) {
            throw new StoreException(
                    "The store "
                            + database
                            + " cannot be made durable here: SQLite answers journal_mode "
                            + journal
                            + " and synchronous "
                            + synchronous
                            + "; move it to a local file system.",
                    null);
        }
    }

    /**
     * What a pragma answers.
     *
     * @param connection to the database
     * @param pragma its name, or an assignment
     */
    static String pragma(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("pragma " + pragma)) {
            answer.next();
            return answer.getString(1);
        }
    }

    /** As a URI: the driver takes a question mark in a plain path for the end of it. */
    static String url(Path database) {
        return "jdbc:sqlite:" + database.toUri();
    }
}
