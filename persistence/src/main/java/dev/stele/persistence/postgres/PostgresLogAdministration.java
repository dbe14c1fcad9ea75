package dev.stele.persistence.postgres;

import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.log.ExpectedHead;
import dev.stele.persistence.log.LogCheck;
import dev.stele.persistence.log.LogExport;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogImport;
import dev.stele.persistence.log.LogStatistics;
import dev.stele.persistence.log.LogSurvey;
import dev.stele.persistence.sqlite.SqliteLogAdministration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The care of a log in a PostgreSQL database. It holds nothing open between the calls. */
public final class PostgresLogAdministration implements LogAdministration {

    private final PostgresDatabase database;
    private final JsonCodec codec;
    private final LogFormat format;

    /**
     * The care of the log in a database, whose tables need not exist before it is asked for.
     *
     * @param login how the database is reached
     * @param codec of all domain types
     */
    public PostgresLogAdministration(Login login, JsonCodec codec) {
        this.database = new PostgresDatabase(login);
        this.codec = codec;
        this.format = LogFormat.of(codec);
    }

    /** What is done with one state of the log. */
    private interface Look<T, X extends Exception> {
        /** The answer. */
        T at(Connection connection) throws SQLException, X;
    }

    private <T, X extends Exception> T look(Look<T, X> look) throws X {
        try {
            database.requireKnownSettings();
            Tables.requireThere(database);
            try (Connection connection = database.looking()) {
                return look.at(connection);
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    @Override
    public LogHead head() {
        return this.<LogHead, RuntimeException>look(
                connection -> LogCheck.head(database, connection));
    }

    @Override
    public LogVerification verify(LogProgress progress) {
        return this.<LogVerification, RuntimeException>look(connection ->
                new LogSurvey(database, connection, format)
                        .<RuntimeException>all(progress, _ -> {}));
    }

    @Override
    public LogVerification verify(LogHead expected, LogProgress progress) {
        return this.<LogVerification, RuntimeException>look(connection ->
                ExpectedHead.verify(database, connection, format, expected, progress));
    }

    /**
     * Copies the log into a file of its own, as a store in SQLite: such a file is proved and opened
     * anywhere, and its export goes into any database. For the server as a whole there are the
     * server's own tools.
     */
    @Override
    public LogHead backup(Path target, LogProgress progress) {
        Path folder = target.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            Path work = Files.createTempDirectory(folder, ".stele-backup");
            try {
                return copy(work, target, progress);
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new StoreException("The backup " + target + " cannot be written: " + e, e);
        }
    }

    private LogHead copy(Path work, Path target, LogProgress progress) throws IOException {
        Path export = work.resolve("log.jsonl");
        try (OutputStream out = Files.newOutputStream(export)) {
            exportTo(out, LogProgress.SILENT);
        }
        var copy = new SqliteLogAdministration(work.resolve("stele.db"), codec);
        try (InputStream in = Files.newInputStream(export)) {
            copy.importFrom(in, LogProgress.SILENT);
        }
        return copy.backup(target, progress);
    }

    private static void delete(Path work) throws IOException {
        try (var files = Files.list(work)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }

    @Override
    public LogHead exportTo(OutputStream out, LogProgress progress) throws IOException {
        return this.<LogHead, IOException>look(
                connection -> new LogExport(database, connection, format, out).write(progress));
    }

    @Override
    public LogHead salvageTo(OutputStream out, LogProgress progress) throws IOException {
        return this.<LogHead, IOException>look(
                connection -> new LogExport(database, connection, format, out).salvage(progress));
    }

    /** All of it is one transaction, in which nobody else can write. */
    @Override
    public LogHead importFrom(InputStream in, LogProgress progress) throws IOException {
        try {
            database.requireKnownSettings();
            Tables.bringUpToDate(database);
            try (Connection connection = database.appending()) {
                connection.setAutoCommit(false);
                requireEmpty(connection);
                var lines = new LogImport(in, format, progress);
                lines.fill(database, connection);
                connection.commit();
                return lines.head();
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private void requireEmpty(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PostgresSql.LOCK_EMPTY);
                ResultSet row = select.executeQuery()) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new StoreException(
                        "There is a log in "
                                + database
                                + " already, or a node that is about to write one; an import makes"
                                + " a new one. Name another database.",
                        null);
            }
        }
    }

    @Override
    public LogStats stats() {
        return this.<LogStats, RuntimeException>look(connection ->
                LogStatistics.of(
                        database,
                        connection,
                        format.events(),
                        new LogStatistics.Room(room(connection), 0, 0)));
    }

    static long room(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PostgresSql.ROOM);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
