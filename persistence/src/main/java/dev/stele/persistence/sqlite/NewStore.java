package dev.stele.persistence.sqlite;

import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

    /**
     * Makes the store. The caller has the right to write it.
     *
     * @param database a file that does not exist
     */
    static void create(Path database) {
        requireNoLog(database);
        Path unfinished = StoreFile.beside(database, ".new");
        try {
            delete(unfinished);
            makeDurable(unfinished);
            migrate(unfinished);
            requireWhole(unfinished);
            Files.move(unfinished, database, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(database);
        } catch (IOException e) {
            throw new StoreException("The store " + database + " cannot be made: " + e, e);
        } catch (SQLException e) {
            throw Failures.of(database, e);
        } catch (FlywayException e) {
            throw new StoreException(
                    "The tables of the store " + database + " cannot be made: " + e.getMessage(),
                    e);
        }
    }

    /** A log without its database is the rest of a store: a new database would swallow it. */
    private static void requireNoLog(Path database) {
        Path log = StoreFile.beside(database, "-wal");
        if (log.toFile().length() > 0) {
            throw Failures.damaged(
                    database, "it is missing, and its write-ahead log " + log + " is there", null);
        }
    }

    /** What a process left that was killed while it made a store: nobody has used it yet. */
    private static void delete(Path unfinished) throws IOException {
        for (String end : new String[] {"", "-wal", "-shm", "-journal"}) {
            Files.deleteIfExists(StoreFile.beside(unfinished, end));
        }
    }

    private static void makeDurable(Path unfinished) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Connections.url(unfinished))) {
            Connections.pragma(connection, "journal_mode = wal");
        }
    }

    private static void migrate(Path unfinished) {
        Flyway.configure(NewStore.class.getClassLoader())
                .dataSource(Connections.url(unfinished), null, null)
                .locations(SCRIPTS)
                .table(HISTORY)
                .loggers("slf4j")
                .load()
                .migrate();
    }

    /** All of it has to be in the one file that is moved. */
    private static void requireWhole(Path unfinished) throws IOException {
        Path log = StoreFile.beside(unfinished, "-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new IOException("SQLite left a write-ahead log behind: " + log);
        }
    }

    /** The name of a new file is as durable as its content only after this. */
    private static void syncFolder(Path database) throws IOException {
        if (!database.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // Windows keeps names by itself, and opens no folders.
        }
        try (FileChannel folder =
                FileChannel.open(StoreFile.folder(database), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
