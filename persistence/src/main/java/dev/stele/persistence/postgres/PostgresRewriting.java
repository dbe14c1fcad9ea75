package dev.stele.persistence.postgres;

import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRoom;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StretchChange;
import dev.stele.persistence.log.LogRewriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces stretches of a log in PostgreSQL. Steps are taken by the connection of the node that
 * writes, between appends; another node is refused.
 */
final class PostgresRewriting implements LogRewriting {

    private final PostgresEventStore store;
    private final PostgresDatabase database;

    /**
     * The rewriting of a store.
     *
     * @param store the store
     * @param database where its log is
     */
    PostgresRewriting(PostgresEventStore store, PostgresDatabase database) {
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

    /** How full the tables and the disk are is the server's own affair: nothing is known to be. */
    @Override
    public LogRoom room() {
        try (Connection connection = database.reading()) {
            return new LogRoom(PostgresLogAdministration.room(connection), 0, 0, Long.MAX_VALUE);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    @Override
    public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
        return store.write(writer -> writer.rewriter().mask(mask, look));
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
