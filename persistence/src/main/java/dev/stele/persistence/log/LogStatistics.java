package dev.stele.persistence.log;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogStats;
import dev.stele.persistence.json.EventFormat;
import dev.stele.persistence.json.EventFormat.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what is in a store. */
public final class LogStatistics {

    private LogStatistics() {}

    /**
     * The room that a store takes, in bytes.
     *
     * @param database all of it
     * @param free the part of it that is empty
     * @param wal the write-ahead log beside it
     */
    public record Room(long database, long free, long wal) {}

    /**
     * The counts of one state of a store.
     *
     * @param database the store's
     * @param connection looks at it
     * @param format of its events
     * @param room that it takes
     */
    public static LogStats of(
            LogDatabase database, Connection connection, EventFormat format, Room room)
            throws SQLException {
        LogHead head = LogCheck.head(database, connection);
        Sql sql = database.sql();
        var unknown = new UnknownCounting(format);
        var counting = new SegmentCounting(database, connection, unknown);
        unknown.rows(database, connection);
        return new LogStats(
                head,
                counting.oldest(time(sql, connection, 1)),
                time(sql, connection, 2),
                counting.types(rows(sql, connection), format),
                count(connection, sql.receiptCount),
                count(connection, sql.markCount),
                room.database(),
                room.free(),
                room.wal(),
                counting.replaced(),
                unknown.counted());
    }

    private static @Nullable Instant time(Sql sql, Connection connection, int column)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.times);
                ResultSet row = select.executeQuery()) {
            row.next();
            long time = row.getLong(column);
            return row.wasNull() ? null : Instant.ofEpochMilli(time);
        }
    }

    /** The counts of each type in rows: how many, and the bytes of their payloads. */
    private static Map<EventType, long[]> rows(Sql sql, Connection connection) throws SQLException {
        var types = new HashMap<EventType, long[]>();
        try (PreparedStatement select = connection.prepareStatement(sql.typeSums);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                types.put(
                        new EventType(Columns.text(rows, 1), rows.getInt(2)),
                        new long[] {rows.getLong(3), rows.getLong(4)});
            }
        }
        return types;
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
