package dev.stele.persistence.sqlite;

import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRoom;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import dev.stele.persistence.log.LogRewriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces stretches of the log in its file, and makes the file smaller. Steps are taken by the
 * store's one writing connection, between appends.
 */
final class SqliteRewriting implements LogRewriting {

    /** What the files may grow by besides what is known. */
    private static final long SPARE = 16L << 20;

    private final SqliteEventStore store;
    private final Path database;

    /**
     * The rewriting of a store.
     *
     * @param store the store
     * @param database its file
     */
    SqliteRewriting(SqliteEventStore store, Path database) {
        this.store = store;
        this.database = database;
    }

    @Override
    public Stretch from(long first) {
        return store.ask(reader -> reader.stretch(first));
    }

    @Override
    public SortedMap<Long, String> besides(long first, long last) {
        return store.ask(reader -> reader.besides(first, last));
    }

    @Override
    public Replacement prepare(StretchChange change) {
        LogRewriter.Draft draft = store.draft(change);
        return store.write(writer -> writer.rewriter().keep(draft));
    }

    @Override
    public void replace(Replacement prepared) {
        store.<@Nullable Void>write(writer -> {
            writer.rewriter().replace(prepared);
            return null;
        });
    }

    @Override
    public void discard(Replacement prepared) {
        store.<@Nullable Void>write(writer -> {
            writer.rewriter().discard(prepared);
            return null;
        });
    }

    @Override
    public LogRoom room() {
        return store.write(writer -> room(writer.connection()));
    }

    private LogRoom room(Connection connection) throws SQLException {
        long page = number(connection, "page_size");
        long all = number(connection, "page_count") * page;
        long empty = number(connection, "freelist_count") * page;
        long wal = StoreFile.beside(database, "-wal").toFile().length();
        // What is left is written once more into a file for that, and into the write-ahead log.
        return new LogRoom(all + wal, empty, 2 * (all - empty) + SPARE, free());
    }

    /** On the disk of the log, and of the files that SQLite makes for a while. */
    private long free() {
        long free = free(database);
        for (Path folder : temporary()) {
            if (Files.isWritable(folder)) {
                return Math.min(free, free(folder));
            }
        }
        return free;
    }

    /** Where SQLite makes files for a while: in the first of these that it may write to. */
    private static List<Path> temporary() {
        return Stream.of(
                        System.getenv("SQLITE_TMPDIR"),
                        System.getenv("TMPDIR"),
                        "/var/tmp",
                        "/usr/tmp",
                        "/tmp",
                        System.getProperty("java.io.tmpdir"))
                .filter(Objects::nonNull)
                .map(Path::of)
                .toList();
    }

    private long free(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace();
        } catch (IOException e) {
            throw new StoreException(
                    "The room that the disk of " + place + " has left cannot be found out: " + e,
                    e);
        }
    }

    @Override
    public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
        return store.write(writer -> writer.rewriter().mask(mask, look));
    }

    @Override
    public void giveBack(LogProgress progress) {
        LogRoom room = roomEnough();
        if (room.empty() > 0) {
            execute("vacuum");
        }
        // The file gets shorter when its pages are moved into it; a reader may keep some for later.
        execute("pragma wal_checkpoint(truncate)");
        progress.reached(room.empty(), room.empty());
    }

    @Override
    public void scrub() {
        roomEnough();
        execute("vacuum");
        boolean isDone =
                store.write(writer ->
                        number(writer.connection(), "wal_checkpoint(truncate)") == 0
                                && StoreFile.beside(database, "-wal").toFile().length() == 0);
        if (!isDone) {
            throw new StoreException(
                    "Somebody reads the log "
                            + database
                            + ", which keeps what was replaced in its write-ahead log. End that, and"
                            + " do it again.",
                    null);
        }
    }

    private LogRoom roomEnough() {
        LogRoom room = room();
        if (room.free() < room.needed()) {
            throw new StoreException(
                    "The disk of "
                            + database
                            + " has "
                            + room.free()
                            + " bytes left, and giving back what is empty needs "
                            + room.needed()
                            + " on the way. Nothing was changed; free some space and try again.",
                    null);
        }
        return room;
    }

    private static long number(Connection connection, String pragma) throws SQLException {
        return Long.parseLong(Connections.pragma(connection, pragma));
    }

    private void execute(String sql) {
        store.<@Nullable Void>write(writer -> {
            try (Statement statement = writer.connection().createStatement()) {
                statement.execute(sql);
            }
            return null;
        });
    }
}
