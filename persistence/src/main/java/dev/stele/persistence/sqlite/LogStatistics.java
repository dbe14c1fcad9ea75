package dev.stele.persistence.sqlite;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogStats.TypeStats;
import dev.stele.persistence.json.EventFormat;
import dev.stele.persistence.json.EventFormat.EventType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what is in a store. */
final class LogStatistics {

    private LogStatistics() {}

    /**
     * The counts of one state of a store.
     *
     * @param connection looks at it
     * @param database its file
     * @param format of its events
     */
    static LogStats of(Connection connection, Path database, EventFormat format)
            throws SQLException {
        LogHead head = LogCheck.head(connection);
        long free = pragma(connection, "freelist_count") * pragma(connection, "page_size");
        return new LogStats(
                head,
                time(connection, 1),
                time(connection, 2),
                types(connection, format),
                count(connection, Sql.RECEIPT_COUNT),
                count(connection, Sql.MARK_COUNT),
                database.toFile().length(),
                free,
                StoreFile.beside(database, "-wal").toFile().length());
    }

    private static @Nullable Instant time(Connection connection, int column) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.TIMES);
                ResultSet row = select.executeQuery()) {
            row.next();
            long time = row.getLong(column);
            return row.wasNull() ? null : Instant.ofEpochMilli(time);
        }
    }

    private static List<TypeStats> types(Connection connection, EventFormat format)
            throws SQLException {
        var types = new ArrayList<TypeStats>();
        try (PreparedStatement select = connection.prepareStatement(Sql.TYPE_SUMS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                var type = new EventType(Columns.text(rows, 1), rows.getInt(2));
                types.add(
                        new TypeStats(
                                type.name(),
                                type.version(),
                                rows.getLong(3),
                                rows.getLong(4),
                                format.knows(type)));
            }
        }
        types.sort(
                Comparator.comparingLong(TypeStats::bytes)
                        .reversed()
                        .thenComparing(TypeStats::name)
                        .thenComparingInt(TypeStats::version));
        return types;
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long pragma(Connection connection, String name) throws SQLException {
        return Long.parseLong(Connections.pragma(connection, name));
    }
}
