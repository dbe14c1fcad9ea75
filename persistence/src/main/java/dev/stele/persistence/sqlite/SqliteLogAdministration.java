package dev.stele.persistence.sqlite;

import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.log.LogCheck;
import dev.stele.persistence.log.LogDatabase;
import dev.stele.persistence.log.LogExport;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogImport;
import dev.stele.persistence.log.LogRow;
import dev.stele.persistence.log.LogStatistics;
import dev.stele.persistence.log.LogSurvey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

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
            StoreFile.requireNewestTables(database.file());
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
        var there = new AtomicReference<>(LogHead.EMPTY);
        LogVerification result =
                settled(
                        this.<LogVerification, RuntimeException>look((database, connection) ->
                                new LogSurvey(database, connection, format)
                                        .<RuntimeException>all(
                                                progress,
                                                row -> {
                                                    if (row.sequence() <= expected.sequence()) {
                                                        there.setPlain(head(row));
                                                    }
                                                })));
        return compare(expected, there.getPlain(), result);
    }

    private static LogHead head(LogRow row) {
        return new LogHead(row.sequence(), LogCheck.hex(row.hash()));
    }

    /**
     * The result in the light of what was expected.
     *
     * @param there what the log is proved to have at the expected place, or before it
     */
    private static LogVerification compare(LogHead expected, LogHead there, LogVerification own) {
        return switch (own) {
            case Sound _ when there.equals(expected) -> own;
            case Sound _ when there.sequence() < expected.sequence() -> new Cut(expected, there);
            case Sound _ -> new Rewritten(expected, there);
            case Lossy(var head, _) when head.sequence() < expected.sequence() ->
                    new Cut(expected, head);
            case Lossy _ when there.equals(expected) -> own;
            case Lossy _ when there.sequence() == expected.sequence() ->
                    new Rewritten(expected, there);
            case Lossy _ ->
                    new Broken(
                            expected.sequence(),
                            "its hash cannot be compared, since an event shortly before it is lost;"
                                    + " keep a newer head");
            case Broken _, Cut _, Rewritten _ -> own;
        };
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
            var lines = new LogImport(in, progress);
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
