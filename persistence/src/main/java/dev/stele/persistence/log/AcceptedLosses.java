package dev.stele.persistence.log;

import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.persistence.json.EventFormat.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** The places of a log whose loss was accepted, as the log itself tells. */
final class AcceptedLosses {

    /** The name of the type of events that tell of it. */
    static final String TYPE = "LogLossAccepted";

    private AcceptedLosses() {}

    /**
     * The places. Costs the length of a log that has lost something, and else nothing.
     *
     * @param database the store's
     * @param connection any to it
     * @param format of what is in it
     */
    static Set<Long> of(LogDatabase database, Connection connection, LogFormat format)
            throws SQLException {
        var places = new HashSet<Long>();
        EventTypes types = EventTypes.load(database, connection);
        for (EventType type : types.named(TYPE)) {
            if (format.events().knows(type)) {
                add(database, connection, format, type, types.number(type), places);
                addReplaced(database, connection, format, type, places);
            }
        }
        return places;
    }

    private static void add(
            LogDatabase database,
            Connection connection,
            LogFormat format,
            EventType type,
            int number,
            Set<Long> places)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(database.sql().payloadsOfType)) {
            select.setInt(1, number);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    places.addAll(sequences(format, type, Columns.bytes(rows, 1)));
                }
            }
        }
    }

    /** Those that are in segments by now. */
    private static void addReplaced(
            LogDatabase database,
            Connection connection,
            LogFormat format,
            EventType type,
            Set<Long> places)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().segment)) {
            PackedSegment segment = PackedSegment.from(select, 1);
            while (segment != null) {
                addReplaced(segment, format, type, places);
                segment = PackedSegment.from(select, segment.last() + 1);
            }
        }
    }

    private static void addReplaced(
            PackedSegment segment, LogFormat format, EventType type, Set<Long> places) {
        try {
            for (SegmentEntry entry : segment.unpacked().entries()) {
                if (entry instanceof SegmentEntry.Kept(_, _, var kept, var payload)
                        && kept.equals(type)) {
                    places.addAll(sequences(format, type, payload));
                }
            }
        } catch (SegmentBytes.Unreadable _) {
            // what it accepted is lost again, and so is it
        }
    }

    private static Set<Long> sequences(LogFormat format, EventType type, byte[] payload) {
        try {
            return format.events().event(type, payload) instanceof LogLossAccepted accepted
                    ? Set.copyOf(accepted.sequences())
                    : Set.of();
        } catch (MalformedJson _) {
            return Set.of(); // what it accepted is lost again, and so is it
        }
    }
}
