package dev.stele.persistence.sqlite;

import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.log.ExpectedHead;
import dev.stele.persistence.log.LogCheck;
import dev.stele.persistence.log.LogDatabase;
import dev.stele.persistence.log.LogExport;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogImport;
import dev.stele.persistence.log.LogStatistics;
import dev.stele.persistence.log.LogSurvey;
import dev.stele.persistence.log.TableForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** The care of a log in one SQLite file. It holds nothing open between the calls. */
public final class SqliteLogAdministration implements LogAdministration {

    private final Path file;
    private final LogFormat format;

    /**
     * The care of the log in a file, which need not exist before it is asked for.
     *
     * @param file the database
     * @param codec of all domain types
     */
    public SqliteLogAdministration(Path file, JsonCodec codec) {
        this.file = file;
        this.format = LogFormat.of(codec);
    }

    /** What is done with one state of the log. */
    private interface Look<T, X extends Exception> {
        /** The answer. */
        T at(LogDatabase database, Connection connection) throws SQLException, X;
    }

    private <T, X extends Exception> T look(Look<T, X> look) throws X {
        var database = new SqliteDatabase(StoreFile.toRead(file));
        StoreFile.requireContent(database.file());
        try {
            TableForm.requireNewest(database);
            try (Connection connection = database.looking()) {
                return look.at(database, connection);
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    @Override
    public LogHead head() {
        return this.<LogHead, RuntimeException>look(LogCheck::head);
    }

    @Override
    public LogVerification verify(LogProgress progress) {
        return settled(
                this.<LogVerification, RuntimeException>look((database, connection) ->
                        new LogSurvey(database, connection, format)
                                .<RuntimeException>all(progress, _ -> {})));
    }

    /** A snapshot of a log that has lost something would keep the next start from noticing it. */
    private LogVerification settled(LogVerification result) {
        if (result instanceof Broken) {
            Path snapshot = StoreFile.beside(StoreFile.toRead(file), ".snapshot");
            try {
                Files.deleteIfExists(snapshot);
            } catch (IOException e) {
                throw new StoreException(
                        "The log is damaged, and its snapshot "
                                + snapshot
                                + " cannot be deleted ("
                                + e
                                + "); delete it, so that the next start notices.",
                        e);
            }
        }
        return result;
    }

    @Override
    public LogVerification verify(LogHead expected, LogProgress progress) {
        return settled(
                this.<LogVerification, RuntimeException>look((database, connection) ->
                        ExpectedHead.verify(database, connection, format, expected, progress)));
    }

    @Override
    public LogHead backup(Path target, LogProgress progress) {
        return this.<LogHead, RuntimeException>look(
                (_, connection) -> LogBackup.make(connection, format, target, progress));
    }

    @Override
    public LogHead exportTo(OutputStream out, LogProgress progress) throws IOException {
        return this.<LogHead, IOException>look((database, connection) ->
                new LogExport(database, connection, format, out).write(progress));
    }

    @Override
    public LogHead salvageTo(OutputStream out, LogProgress progress) throws IOException {
        return this.<LogHead, IOException>look((database, connection) ->
                new LogExport(database, connection, format, out).salvage(progress));
    }

    @Override
    public LogHead importFrom(InputStream in, LogProgress progress) throws IOException {
        Path database = StoreFile.toWrite(file);
        try (WriterLock _ = WriterLock.acquire(database)) {
            if (Files.exists(database)) {
                throw new StoreException(
                        "There is a store "
                                + database
                                + " already; an import makes a new one. Name another place.",
                        null);
            }
            var lines = new LogImport(in, format, progress);
            NewStore.create(database, path -> lines.fill(new SqliteDatabase(path)));
            return lines.head();
        }
    }

    @Override
    public LogStats stats() {
        return this.<LogStats, RuntimeException>look((database, connection) ->
                LogStatistics.of(database, connection, format.events(), room(connection)));
    }

    private LogStatistics.Room room(Connection connection) throws SQLException {
        Path database = StoreFile.toRead(file);
        long free = pragma(connection, "freelist_count") * pragma(connection, "page_size");
        return new LogStatistics.Room(
                database.toFile().length(),
                free,
                StoreFile.beside(database, "-wal").toFile().length());
    }

    private static long pragma(Connection connection, String name) throws SQLException {
        return Long.parseLong(Connections.pragma(connection, name));
    }
}
