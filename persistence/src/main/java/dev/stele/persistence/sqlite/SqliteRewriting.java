package dev.stele.persistence.sqlite;

import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRoom;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Replaces stretches of the log in its file, and makes the file smaller. Steps are taken by the
 * store's one writing connection, between appends.
 */
final class SqliteRewriting implements LogRewriting {

    /** Pages that are given back at once: a few milliseconds of the writer's time. */
    private static final long STEP = 500;

    /** What the write-ahead log may grow by while pages are moved in steps. */
    private static final long STEP_ROOM = 32L << 20;

    /** What the pragma answers when pages can be given back in steps. */
    private static final int INCREMENTAL = 2;

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
    public Replacement prepare(StretchChange change) {
        return store.write(writer -> writer.rewriter().prepare(change));
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
        boolean steps = number(connection, "auto_vacuum") == INCREMENTAL;
        // Else all of it is written once more, into a file beside it and into the write-ahead log.
        long needed = steps ? STEP_ROOM : 2 * (all - empty) + STEP_ROOM;
        return new LogRoom(all + wal, empty, needed, free());
    }

    private long free() {
        try {
            return Files.getFileStore(database).getUsableSpace();
        } catch (IOException e) {
            throw new StoreException(
                    "The room that the disk of " + database + " has left cannot be found out: " + e,
                    e);
        }
    }

    @Override
    public void giveBack(LogProgress progress) {
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
        boolean steps =
                store.write(writer -> number(writer.connection(), "auto_vacuum") == INCREMENTAL);
        if (steps) {
            giveBackInSteps(progress);
        } else {
            store.<@Nullable Void>write(writer -> {
                execute(writer.connection(), "pragma auto_vacuum = incremental");
                execute(writer.connection(), "vacuum");
                return null;
            });
        }
        emptyWriteAheadLog();
    }

    private void giveBackInSteps(LogProgress progress) {
        long all = empty();
        long left = all;
        long before = left + 1;
        while (left > 0 && left < before) {
            before = left;
            store.<@Nullable Void>write(writer -> {
                execute(writer.connection(), "pragma incremental_vacuum(" + STEP + ")");
                return null;
            });
            left = empty();
            progress.reached(all - left, all);
        }
    }

    private long empty() {
        return store.write(writer -> number(writer.connection(), "freelist_count"));
    }

    /** The file gets shorter when its pages are moved into it; readers may keep some for later. */
    private void emptyWriteAheadLog() {
        store.<@Nullable Void>write(writer -> {
            execute(writer.connection(), "pragma wal_checkpoint(truncate)");
            return null;
        });
    }

    private static long number(Connection connection, String pragma) throws SQLException {
        return Long.parseLong(Connections.pragma(connection, pragma));
    }

    /** Takes all that the statement answers: a pragma may do its work row by row. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows && statement.getResultSet().next()) {
                // nothing to look at
            }
        }
    }
}
