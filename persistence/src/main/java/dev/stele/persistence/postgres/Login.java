package dev.stele.persistence.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * How a database is reached. Printed, it tells host and database alone.
 *
 * @param hosts one or more with their ports, separated by commas
 * @param database its name
 * @param user who connects; null for the user of this process
 * @param password of the user; null for that of the environment or of the user's password file
 * @param settings of the driver
 * @param node the name of this program, which the server's lists of sessions show
 */
public record Login(
        String hosts,
        String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> settings,
        String node) {

    private static final String PASSWORD_VARIABLE = "PGPASSWORD";
    private static final long CONNECT_SECONDS = 10;

    /** Whatever is usual on the server. */
    private static final String SESSION =
            "set default_transaction_isolation = 'read committed'; set statement_timeout = 0";

    /**
     * A new connection to the server that can be written to.
     *
     * @param answerLimit how long the server may take for an answer; zero for no limit
     * @param more settings of the driver
     */
    Connection connect(Duration answerLimit, Map<PGProperty, String> more) throws SQLException {
        Properties properties = properties();
        set(properties, PGProperty.SOCKET_TIMEOUT, answerLimit.toSeconds());
        if (answerLimit.isPositive() && answerLimit.toSeconds() < CONNECT_SECONDS) {
            set(properties, PGProperty.CONNECT_TIMEOUT, answerLimit.toSeconds());
        }
        more.forEach((name, value) -> name.set(properties, value));
        Connection connection = new Driver().connect(url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not take " + this);
        }
        return with(connection, SESSION);
    }

    /**
     * The connection with settings of its session, or closed when it does not take them.
     *
     * @param connection a new one
     * @param settings statements that set them
     */
    static Connection with(Connection connection, String settings) throws SQLException {
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(settings);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** The address as the driver takes it, without any secret. */
    String url() {
        return "jdbc:postgresql://"
                + hosts
                + "/"
                + database.replace("%", "%25").replace("?", "%3F");
    }

    /** What goes with the address: user, password and settings. */
    Properties properties() {
        var properties = new Properties();
        set(properties, PGProperty.CONNECT_TIMEOUT, CONNECT_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
        PGProperty.APPLICATION_NAME.set(properties, "stele " + node);
        settings.forEach(properties::setProperty);
        // Payloads come as bytes from the first time on, not as text twice as long.
        PGProperty.PREPARE_THRESHOLD.set(properties, -1);
        if (user != null) {
            PGProperty.USER.set(properties, user);
        }
        String secret = secret();
        if (secret != null) {
            PGProperty.PASSWORD.set(properties, secret);
        }
        return properties;
    }

    private static void set(Properties properties, PGProperty property, long seconds) {
        property.set(properties, Math.toIntExact(seconds));
    }

    /** The password, or null when the driver has to look for one itself. */
    @Nullable String secret() {
        return password == null ? System.getenv(PASSWORD_VARIABLE) : password;
    }

    /** A name in the settings that the driver does not know, or null. */
    @Nullable String unknownSetting() {
        return settings.keySet().stream()
                .filter(name -> PGProperty.forName(name) == null)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return "postgresql://" + hosts + "/" + database;
    }
}
