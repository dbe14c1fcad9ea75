package dev.stele.persistence.postgres;

import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRoom;
import dev.stele.persistence.log.StretchRewriting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Replaces stretches of a log in PostgreSQL; a node that does not write is refused. */
final class PostgresRewriting extends StretchRewriting<PostgresWriter> {

    private final PostgresDatabase database;

    /**
     * The rewriting of a store.
     *
     * @param store the store
     * @param database where its log is
     */
    PostgresRewriting(PostgresEventStore store, PostgresDatabase database) {
        super(store);
        this.database = database;
    }

    /** How full the tables and the disk are is the server's own affair: nothing is known to be. */
    @Override
    public LogRoom room() {
        try (Connection connection = database.reading()) {
            return new LogRoom(PostgresLogAdministration.room(connection), 0, 0, Long.MAX_VALUE);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /**
     * Writes the tables anew, without the room of what is gone. Nothing less gives it back. Whoever
     * reads or appends waits for it; the lease, in a table and over a connection of its own, is
     * renewed meanwhile, and no append of this node is under way that would run out of time.
     */
    @Override
    public void giveBack(LogProgress progress) {
        store().<@Nullable Void>write(_ -> {
            execute("vacuum full event, segment, prepared_segment");
            return null;
        });
        progress.reached(1, 1);
    }

    /** Nobody reads or writes meanwhile: no page keeps what was replaced. */
    @Override
    public void scrub() {
        execute("vacuum full event, segment, prepared_segment, receipt");
    }

    private void execute(String sql) {
        try (Connection connection = database.appending();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }
}
