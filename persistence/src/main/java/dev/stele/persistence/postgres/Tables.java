package dev.stele.persistence.postgres;

import dev.stele.domain.port.StoreException;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.Quarantine;
import dev.stele.persistence.log.TableForm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables of a log before it is used: whether they are there, and whether they can be trusted.
 */
final class Tables {

    /** Where the scripts are; not Flyway's usual place, which belongs to the embedding program. */
    private static final String SCRIPTS = "classpath:dev/stele/persistence/postgres/migration";

    /** The scripts that were run; a name of its own keeps an embedding program's Flyway apart. */
    private static final String HISTORY = "stele_schema_history";

    /** Held until its connection ends. */
    private static final String LOCK =
            "select pg_advisory_lock(hashtext('stele tables in ' || current_schema()))";

    private static final String EXIST = "select to_regclass('meta') is not null";

    private Tables() {}

    /**
     * Makes the tables, or brings those of an older Stele to the newest form. Several nodes may do
     * so at once: one of them does it, the others wait.
     *
     * @param database the store's
     */
    static void bringUpToDate(PostgresDatabase database) throws SQLException {
        if (areOld(database)) {
            try (Connection connection = database.reading();
                    PreparedStatement lock = connection.prepareStatement(LOCK)) {
                lock.execute();
                if (areOld(database)) {
                    migrate(database);
                }
            }
        }
    }

    private static boolean areOld(PostgresDatabase database) throws SQLException {
        return !exist(database) || TableForm.of(database) < LogFormat.TABLES;
    }

    private static boolean exist(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.reading();
                PreparedStatement select = connection.prepareStatement(EXIST);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * Checks that there are tables of this form.
     *
     * @param database the store's
     */
    static void requireThere(PostgresDatabase database) throws SQLException {
        if (!exist(database)) {
            throw new StoreException(
                    "There is no store "
                            + database
                            + ": the database has no tables of one. Name another database, or open"
                            + " it to write, which makes them.",
                    null);
        }
        TableForm.requireNewest(database);
    }

    /**
     * Checks that the tables have this form, with the newest events as they were written. Costs the
     * same for a long log as for a short one.
     *
     * @param database the store's
     * @param format of what is in it
     * @param quarantine gets the places of events that are not as they were written
     */
    static void check(PostgresDatabase database, LogFormat format, Quarantine quarantine)
            throws SQLException {
        requireThere(database);
        quarantine.inspect(database, format);
    }

    /** The name of the log itself, which stays with it wherever the server moves. */
    static String storeId(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.reading();
                PreparedStatement select =
                        connection.prepareStatement("select store_id from meta");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static void migrate(PostgresDatabase database) {
        Login login = database.login();
        Properties properties = login.properties();
        try {
            Flyway.configure(Tables.class.getClassLoader())
                    .dataSource(login.url(), null, null)
                    .jdbcProperties(
                            properties.stringPropertyNames().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    name -> name, properties::getProperty)))
                    .locations(SCRIPTS)
                    .table(HISTORY)
                    .baselineOnMigrate(true) // other programs may have tables there
                    .baselineVersion("1")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw Failures.hidden(
                    login,
                    "The tables of the store " + login + " cannot be made: " + e.getMessage(),
                    e);
        }
    }
}
