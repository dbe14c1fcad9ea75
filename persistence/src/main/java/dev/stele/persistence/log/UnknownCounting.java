package dev.stele.persistence.log;

import dev.stele.domain.event.OrchestrationEvent.LogEvent.UnknownEvent;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.port.LogStats.Unknown;
import dev.stele.domain.port.LogStats.UnknownPart;
import dev.stele.persistence.json.EventFormat;
import dev.stele.persistence.json.EventFormat.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events that hold what this program does not know: whose type it does not know, or some
 * of whose fields. For one thread, and used once.
 */
final class UnknownCounting {

    private static final int MOST_PARTS = 1_000;

    private final EventFormat format;
    private final Map<Part, UnknownPart> parts = new HashMap<>();
    private long events;

    private record Part(EventType type, @Nullable String field) {}

    /**
     * A count of nothing yet.
     *
     * @param format of the events
     */
    UnknownCounting(EventFormat format) {
        this.format = format;
    }

    /** Takes in all events that are in rows. */
    void rows(LogDatabase database, Connection connection) throws SQLException {
        EventTypes types = EventTypes.load(database, connection);
        try (PreparedStatement select = connection.prepareStatement(database.sql().events)) {
            select.setLong(1, 0);
            select.setInt(2, Integer.MAX_VALUE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    EventType type = types.type(rows.getInt(2));
                    if (type != null) {
                        saw(rows.getLong(1), type, Columns.bytes(rows, 4));
                    }
                }
            }
        }
    }

    /** Takes in the events that are kept in a segment. */
    void saw(Segment segment) {
        for (SegmentEntry entry : segment.entries()) {
            if (entry instanceof SegmentEntry.Kept(var sequence, _, var type, var payload)) {
                saw(sequence, type, payload);
            }
        }
    }

    private void saw(long sequence, EventType type, byte[] payload) {
        Set<String> fields = new LinkedHashSet<>();
        try {
            if (format.event(type, payload, fields::add) instanceof UnknownEvent) {
                add(sequence, type, null);
                events++;
            } else if (!fields.isEmpty()) {
                fields.forEach(field -> add(sequence, type, field));
                events++;
            }
        } catch (MalformedJson _) {
            // it is no such event: that is for the check of the log to tell
        }
    }

    private void add(long sequence, EventType type, @Nullable String field) {
        var part = new Part(type, field);
        UnknownPart known = parts.get(part);
        if (known == null && parts.size() >= MOST_PARTS) {
            return;
        }
        long first = known == null ? sequence : Math.min(known.first(), sequence);
        long count = known == null ? 1 : known.events() + 1;
        parts.put(part, new UnknownPart(type.name(), type.version(), field, count, first));
    }

    /** What was counted. */
    Unknown counted() {
        return new Unknown(
                events,
                parts.values().stream()
                        .sorted(
                                Comparator.comparingLong(UnknownPart::first)
                                        .thenComparing(part -> String.valueOf(part.field())))
                        .toList());
    }
}
