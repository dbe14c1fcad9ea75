package dev.stele.persistence.postgres;

import dev.stele.domain.port.StoreException;
import dev.stele.persistence.log.LogDatabase;
import dev.stele.persistence.log.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * A database on a server.
 *
 * @param login how it is reached
 */
record PostgresDatabase(Login login) implements LogDatabase {

    private static final Sql SQL = new Sql(SQLDialect.POSTGRES, "begin");

    /** A read that takes longer meets a server that is gone, or a network that is cut. */
    private static final Duration READING_LIMIT = Duration.ofSeconds(60);

    /** So many rows are here at a time when the whole log is looked at. */
    private static final String ROWS_AT_A_TIME = "500";

    @Override
    public Sql sql() {
        return SQL;
    }

    @Override
    public Connection reading() throws SQLException {
        return readOnly(login.connect(READING_LIMIT, Map.of()));
    }

    private static Connection readOnly(Connection connection) throws SQLException {
        return Login.with(connection, "set default_transaction_read_only = on");
    }

    @Override
    public Connection looking() throws SQLException {
        Connection connection =
                readOnly(
                        login.connect(
                                Duration.ZERO,
                                Map.of(PGProperty.DEFAULT_ROW_FETCH_SIZE, ROWS_AT_A_TIME)));
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false); // the driver reads in pieces only inside of a transaction
        return connection;
    }

    @Override
    public Connection appending() throws SQLException {
        return durable(login.connect(Duration.ZERO, Map.of()));
    }

    /**
     * A connection of the node that writes.
     *
     * @param lease the length of its lease
     */
    Connection appending(Duration lease) throws SQLException {
        Connection connection = durable(login.connect(answerLimit(lease), Map.of()));
        // If this process freezes in the middle, the others wait no longer than for the lease.
        long limit = lease.toMillis();
        Login.with(connection, "set idle_in_transaction_session_timeout = " + limit);
        // What an append costs to plan is more than what a plan for its very arrays could save.
        Login.with(connection, "set plan_cache_mode = force_generic_plan");
        if (connection.getMetaData().getDatabaseMajorVersion() >= 17) {
            Login.with(connection, "set transaction_timeout = " + limit);
        }
        return connection;
    }

    /**
     * A connection for the lease alone.
     *
     * @param lease its length
     */
    Connection leasing(Duration lease) throws SQLException {
        Connection connection = durable(login.connect(answerLimit(lease), Map.of()));
        return Login.with(connection, "set lock_timeout = " + Math.max(50, lease.toMillis() / 5));
    }

    /** A connection that hears of news. */
    Connection listening() throws SQLException {
        return login.connect(Duration.ZERO, Map.of());
    }

    /** After the lease is over nothing that comes back would count any more. */
    private static Duration answerLimit(Duration lease) {
        return Duration.ofSeconds(Math.max(1, lease.toSeconds() + 1));
    }

    private Connection durable(Connection connection) throws SQLException {
        Login.with(connection, "set synchronous_commit = on");
        String fsync = "off";
        try {
            fsync = setting(connection, "fsync");
        } finally {
            if (!fsync.equals("on")) {
                connection.close();
            }
        }
        if (!fsync.equals("on")) {
            throw new StoreException(
                    "The store "
                            + this
                            + " cannot be made durable: its server runs with fsync = off and may"
                            + " lose what it confirmed. Set fsync = on in its configuration.",
                    null);
        }
        return connection;
    }

    /** A setting that the driver ignores was meant to be something else. */
    void requireKnownSettings() {
        String unknown = login.unknownSetting();
        if (unknown != null) {
            throw new StoreException(
                    "The address of the store "
                            + this
                            + " has the setting "
                            + unknown
                            + ", which the driver does not know. Its settings are those of the"
                            + " PostgreSQL JDBC driver, as sslmode or currentSchema.",
                    null);
        }
    }

    /** What the server says of a setting. */
    static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show " + name)) {
            answer.next();
            return answer.getString(1);
        }
    }

    @Override
    public StoreException failure(SQLException cause) {
        return Failures.of(login, cause);
    }

    @Override
    public StoreException.Damaged damaged(String why, @Nullable Throwable cause) {
        return Failures.damaged(login, why, cause);
    }

    @Override
    public boolean isDamage(SQLException cause) {
        return Failures.isDamage(cause);
    }

    @Override
    public boolean isDisconnected(SQLException cause) {
        return Failures.isDisconnected(cause);
    }

    @Override
    public String toString() {
        return login.toString();
    }
}
