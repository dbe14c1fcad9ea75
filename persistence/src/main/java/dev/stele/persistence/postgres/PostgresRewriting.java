package dev.stele.persistence.postgres;

import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRoom;
import dev.stele.persistence.log.StretchRewriting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

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

    /** Beside whoever reads and writes: later rows take the room, and what is last is cut off. */
    @Override
    public void giveBack(LogProgress progress) {
        execute("vacuum event, segment, prepared_segment");
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
