package dev.stele.persistence.sqlite;

import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Makes an empty store. It is made under another name and gets its own when it is whole, so that a
 * file without tables is never a store that was being made, but always a damaged one.
 */
final class NewStore {

    /** Where the scripts are; not Flyway's usual place, which belongs to the embedding program. */
    private static final String SCRIPTS = "classpath:dev/stele/persistence/migration";

    /** The scripts that were run; a name of its own keeps an embedding program's Flyway apart. */
    private static final String HISTORY = "stele_schema_history";

    private NewStore() {}

    /** What a store begins with. */
    interface Content {
        /**
         * Fills the store.
         *
         * @param unfinished its file, with empty tables
         */
        void fill(Path unfinished) throws IOException, SQLException;
    }

    /**
     * Makes an empty store. The caller has the right to write it.
     *
     * @param database a file that does not exist
     */
    static void create(Path database) {
        try {
            create(database, _ -> {});
        } catch (IOException e) {
            throw new StoreException("The store " + database + " cannot be made: " + e, e);
        }
    }

    /**
     * Makes a store with something in it, or nothing when that fails. The caller has the right to
     * write it.
     *
     * @param database a file that does not exist
     * @param content what goes into it
     */
    static void create(Path database, Content content) throws IOException {
        requireNoLog(database);
        Path unfinished = StoreFile.beside(database, ".new");
        boolean finished = false;
        try {
            delete(unfinished);
            makeDurable(unfinished);
            migrate(unfinished);
            content.fill(unfinished);
            requireWhole(unfinished);
            Files.move(unfinished, database, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
            StoreFile.syncFolder(database);
        } catch (SQLException e) {
            throw Failures.of(database, e);
        } finally {
            if (!finished) {
                delete(unfinished);
            }
        }
    }

    /**
     * Brings the tables of an older store to the newest form. The caller has the right to write it.
     *
     * @param database the store's file
     */
    static void upgrade(Path database) {
        migrate(database);
    }

    /** A log without its database is the rest of a store: a new database would swallow it. */
    private static void requireNoLog(Path database) {
        Path log = StoreFile.beside(database, "-wal");
        if (log.toFile().length() > 0) {
            throw Failures.damaged(
                    database, "it is missing, and its write-ahead log " + log + " is there", null);
        }
    }

    /** What is left of a store that was not finished: nobody has used it yet. */
    static void delete(Path unfinished) throws IOException {
        for (String end : new String[] {"", "-wal", "-shm", "-journal"}) {
            Files.deleteIfExists(StoreFile.beside(unfinished, end));
        }
    }

    private static void makeDurable(Path unfinished) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Connections.url(unfinished))) {
            Connections.pragma(connection, "journal_mode = wal");
        }
    }

    private static void migrate(Path database) {
        try {
            Flyway.configure(NewStore.class.getClassLoader())
                    .dataSource(Connections.url(database), null, null)
                    .locations(SCRIPTS)
                    .table(HISTORY)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException(
                    "The tables of the store " + database + " cannot be made: " + e.getMessage(),
                    e);
        }
    }

    /** All of it has to be in the one file that is moved. */
    private static void requireWhole(Path unfinished) throws IOException {
        Path log = StoreFile.beside(unfinished, "-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new IOException("SQLite left a write-ahead log behind: " + log);
        }
    }
}
