package dev.stele.persistence.log;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.port.LogRewriting.Stretch;
import dev.stele.domain.port.Receipt;
import dev.stele.persistence.json.EventFormat.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that reads, with its statements. For one thread at a time. */
public final class LogReader implements AutoCloseable {

    private final LogDatabase database;
    private final LogFormat format;
    private final Connection connection;
    private final PreparedStatement selectHead;
    private final PreparedStatement selectEvents;
    private final PreparedStatement selectSegment;
    private final PreparedStatement selectReceipt;
    private final PreparedStatement selectMark;
    private EventTypes types;

    /** The one that was read last: pages of it follow each other. */
    private @Nullable Segment segment;

    /**
     * A reader.
     *
     * @param database the store's
     * @param format of what is in it
     */
    public LogReader(LogDatabase database, LogFormat format) throws SQLException {
        this.database = database;
        this.format = format;
        Sql sql = database.sql();
        connection = database.reading();
        try {
            selectHead = connection.prepareStatement(sql.head);
            selectEvents = connection.prepareStatement(sql.events);
            selectSegment = connection.prepareStatement(sql.segment);
            selectReceipt = connection.prepareStatement(sql.receipts);
            selectMark = connection.prepareStatement(sql.marks);
            types = EventTypes.load(database, connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The sequence of the newest event. */
    public long head() throws SQLException {
        try (ResultSet row = selectHead.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Events in order.
     *
     * @param afterSequence the place before the first
     * @param limit how many at most
     */
    public List<StoredEvent> events(long afterSequence, int limit) throws SQLException {
        var events = new ArrayList<StoredEvent>();
        while (!addRows(afterSequence, limit, events)) {
            long missing = afterSequence + events.size() + 1;
            addReplaced(segment(missing), missing, limit, events);
        }
        return events;
    }

    /**
     * Adds what stands in rows; false when there is a gap before the limit and the end. What was
     * replaced meanwhile is a gap, too, and is found in its segment by then.
     */
    private boolean addRows(long afterSequence, int limit, List<StoredEvent> events)
            throws SQLException {
        if (events.size() >= limit) {
            return true;
        }
        selectEvents.setLong(1, afterSequence + events.size());
        selectEvents.setInt(2, limit - events.size());
        try (ResultSet rows = selectEvents.executeQuery()) {
            while (rows.next()) {
                long expected = afterSequence + events.size() + 1;
                if (rows.getLong(1) != expected) {
                    return false;
                }
                events.add(
                        event(
                                expected,
                                type(rows.getInt(2)),
                                rows.getLong(3),
                                Columns.bytes(rows, 4)));
            }
        }
        return true;
    }

    private Segment segment(long sequence) throws SQLException {
        Segment known = segment;
        if (known != null && known.holds(sequence)) {
            return known;
        }
        PackedSegment packed = PackedSegment.holding(selectSegment, sequence);
        if (packed == null) {
            throw database.damaged("the event " + sequence + " is missing", null);
        }
        Segment unpacked = packed.unpacked(database);
        segment = unpacked;
        return unpacked;
    }

    private void addReplaced(Segment from, long first, int limit, List<StoredEvent> events)
            throws SQLException {
        long end = Math.min(from.last(), first + limit - events.size() - 1);
        for (long sequence = first; sequence <= end; sequence++) {
            events.add(
                    switch (from.at(sequence)) {
                        case SegmentEntry.Kept(_, var storedAt, var type, var payload) ->
                                event(sequence, type, storedAt, payload);
                        case SegmentEntry.Absorbed(_, var storedAt, var into) ->
                                new StoredEvent(
                                        sequence,
                                        new AbsorbedEvent(into),
                                        Instant.ofEpochMilli(storedAt));
                    });
        }
    }

    /**
     * The stretch that begins at a place.
     *
     * @param first the place, up to the log's end
     */
    public Stretch stretch(long first) throws SQLException {
        PackedSegment packed = PackedSegment.holding(selectSegment, first);
        return packed == null
                ? new Stretch(first, endOfRows(first), false)
                : new Stretch(first, packed.last(), true);
    }

    /** The end of so many events in rows as make a good segment, from some place on. */
    private long endOfRows(long first) throws SQLException {
        long last = first - 1;
        try (PreparedStatement select = connection.prepareStatement(database.sql().eventSizes)) {
            select.setLong(1, first);
            select.setInt(2, Segment.MOST_EVENTS);
            try (ResultSet rows = select.executeQuery()) {
                long bytes = 0;
                while (rows.next() && rows.getLong(1) == last + 1 && bytes < Segment.MOST_BYTES) {
                    bytes += rows.getLong(2);
                    last++;
                }
            }
        }
        return Math.max(first, last);
    }

    private StoredEvent event(
            long sequence, @Nullable EventType type, long storedAt, byte[] payload) {
        if (type == null) {
            throw database.damaged("the event " + sequence + " has no type", null);
        }
        try {
            OrchestrationEvent event = format.events().event(type, payload);
            return new StoredEvent(sequence, event, Instant.ofEpochMilli(storedAt));
        } catch (MalformedJson e) {
            throw database.damaged(
                    "the event " + sequence + " is no " + type.name() + " (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Another process may have added types since they were loaded. */
    private @Nullable EventType type(int number) throws SQLException {
        EventType known = types.type(number);
        if (known == null) {
            types = EventTypes.load(database, connection);
        }
        return types.type(number);
    }

    /** The receipt of a command id, or null. */
    public @Nullable Receipt receipt(CommandId commandId) throws SQLException {
        selectReceipt.setString(1, commandId.value());
        try (ResultSet row = selectReceipt.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            var outcome = format.codec().decode(Receipt.Outcome.class, Columns.bytes(row, 3));
            var answeredAt = Instant.ofEpochMilli(row.getLong(2));
            return new Receipt(commandId, Columns.text(row, 1), outcome, answeredAt);
        } catch (MalformedJson e) {
            throw database.damaged(
                    "the receipt of " + commandId + " is none (" + e.getMessage() + ")", e);
        }
    }

    /** How far a turn's events were taken in; 0 for none. */
    public long providerMark(TurnId turnId) throws SQLException {
        selectMark.setString(1, turnId.value());
        try (ResultSet row = selectMark.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
