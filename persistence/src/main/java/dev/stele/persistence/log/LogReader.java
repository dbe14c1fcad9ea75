package dev.stele.persistence.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
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
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A connection that reads, with its statements. For one thread at a time. */
public final class LogReader implements AutoCloseable {

    private final LogDatabase database;
    private final LogFormat format;
    private final Quarantine quarantine;
    private final UnknownFields unknown;
    private final Connection connection;
    private final PreparedStatement selectHead;
    private final PreparedStatement selectEvents;
    private final PreparedStatement selectSegment;
    private final PreparedStatement selectReceipt;
    private final PreparedStatement selectMark;
    private EventTypes types;

    /** What is collected of the facts at work that say more than this program knows, if it is. */
    private @Nullable SortedMap<Long, String> besides;

    /** The one that the page at work is read from. */
    private @Nullable Segment segment;

    /**
     * A reader.
     *
     * @param database the store's
     * @param format of what is in it
     * @param quarantine the places whose events are not given out
     */
    public LogReader(LogDatabase database, LogFormat format, Quarantine quarantine)
            throws SQLException {
        this(database, format, quarantine, new UnknownFields());
    }

    /** A reader that tells of unknown fields through one that has told of some already. */
    LogReader(LogDatabase database, LogFormat format, Quarantine quarantine, UnknownFields unknown)
            throws SQLException {
        this.unknown = unknown;
        this.database = database;
        this.format = format;
        this.quarantine = quarantine;
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
        // Asked for first: what is appended meanwhile is not missing.
        long end = Math.min(head(), afterSequence + limit);
        var events = new ArrayList<StoredEvent>();
        segment = null; // it may have been replaced since the last page
        long hole = addRows(afterSequence, end, limit, events);
        while (hole > 0) {
            for (long next = afterSequence + events.size() + 1;
                    next <= hole;
                    next = afterSequence + events.size() + 1) {
                addHole(next, hole, events);
            }
            hole = addRows(afterSequence, end, limit, events);
        }
        return events;
    }

    /**
     * Adds what stands in rows; gives the last place of the hole that comes then, or 0 when all is
     * there. What was replaced meanwhile is a hole, too, and is found in its segment by then.
     */
    private long addRows(long afterSequence, long end, int limit, List<StoredEvent> events)
            throws SQLException {
        if (events.size() >= limit) {
            return 0;
        }
        selectEvents.setLong(1, afterSequence + events.size());
        selectEvents.setInt(2, limit - events.size());
        try (ResultSet rows = selectEvents.executeQuery()) {
            while (events.size() < limit && rows.next()) {
                long expected = afterSequence + events.size() + 1;
                long sequence = rows.getLong(1);
                if (sequence < expected) {
                    throw database.damaged("its events are not in their order", null);
                }
                if (sequence > expected) {
                    return Math.min(sequence - 1, afterSequence + limit);
                }
                events.add(
                        event(
                                sequence,
                                type(rows.getInt(2)),
                                rows.getLong(3),
                                Columns.bytes(rows, 4)));
            }
        }
        return afterSequence + events.size() < end ? end : 0;
    }

    /** Adds at least one of the events from a place on that are not in rows. */
    private void addHole(long first, long last, List<StoredEvent> events) throws SQLException {
        Segment known = segment;
        if (known != null && known.holds(first)) {
            addReplaced(known, first, last, events);
            return;
        }
        PackedSegment packed = PackedSegment.from(selectSegment, first);
        if (packed == null || packed.first() > first) {
            long end = packed == null ? last : Math.min(last, packed.first() - 1);
            for (long next = first; next <= end; next++) {
                events.add(unreadable(next, 0, "the event " + next + " is missing"));
            }
            return;
        }
        try {
            Segment unpacked = packed.unpacked();
            segment = unpacked;
            addReplaced(unpacked, first, last, events);
        } catch (SegmentBytes.Unreadable e) {
            for (long next = first; next <= Math.min(last, packed.last()); next++) {
                events.add(unreadable(next, 0, packed.fault(e)));
            }
        }
    }

    private void addReplaced(Segment from, long first, long last, List<StoredEvent> events) {
        for (long sequence = first; sequence <= Math.min(last, from.last()); sequence++) {
            events.add(
                    switch (from.at(sequence)) {
                        case SegmentEntry.Kept(_, var storedAt, var type, var payload) ->
                                event(sequence, type, storedAt, payload);
                        case SegmentEntry.Absorbed(_, var storedAt, var into) ->
                                absorbed(sequence, storedAt, into);
                    });
        }
    }

    private StoredEvent absorbed(long sequence, long storedAt, long into) {
        String why = quarantine.why(sequence);
        return why == null
                ? new StoredEvent(sequence, new AbsorbedEvent(into), Instant.ofEpochMilli(storedAt))
                : unreadable(sequence, storedAt, why);
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
        String why = quarantine.why(sequence);
        if (why != null) {
            return unreadable(sequence, storedAt, why);
        }
        if (type == null) {
            return unreadable(sequence, storedAt, "the event " + sequence + " has no type");
        }
        try {
            OrchestrationEvent event =
                    format.events()
                            .event(
                                    type,
                                    payload,
                                    field -> {
                                        unknown.found(sequence, type, field);
                                        collect(sequence, payload);
                                    });
            quarantine.stored(event); // by another node, it may be
            return new StoredEvent(sequence, event, Instant.ofEpochMilli(storedAt));
        } catch (MalformedJson e) {
            return unreadable(
                    sequence,
                    storedAt,
                    "the event "
                            + sequence
                            + " is no "
                            + type.name()
                            + " ("
                            + e.getMessage()
                            + ")");
        }
    }

    private void collect(long sequence, byte[] payload) {
        if (besides != null) {
            besides.put(sequence, new String(payload, UTF_8));
        }
    }

    /**
     * The payloads of the events that have fields which this program does not know, by their
     * places.
     *
     * @param first the first place
     * @param last the last place
     */
    public SortedMap<Long, String> besides(long first, long last) throws SQLException {
        var collected = new TreeMap<Long, String>();
        besides = collected;
        try {
            events(first - 1, (int) (last - first + 1));
        } finally {
            besides = null;
        }
        return collected;
    }

    private StoredEvent unreadable(long sequence, long storedAt, String why) {
        quarantine.found(sequence, why);
        return new StoredEvent(sequence, new UnreadableEvent(why), Instant.ofEpochMilli(storedAt));
    }

    /** Another process may have added types since they were loaded. */
    private @Nullable EventType type(int number) throws SQLException {
        EventType known = types.type(number);
        if (known != null) {
            return known;
        }
        types = EventTypes.load(database, connection);
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

    /** The receipt of the command whose facts a place is among, or null. */
    public @Nullable Receipt receiptAt(long sequence) throws SQLException {
        try (PreparedStatement all = connection.prepareStatement(database.sql().allReceipts);
                ResultSet row = all.executeQuery()) {
            while (row.next()) {
                var id = new CommandId(Columns.text(row, 1));
                var outcome = format.codec().decode(Receipt.Outcome.class, Columns.bytes(row, 4));
                var answeredAt = Instant.ofEpochMilli(row.getLong(3));
                var receipt = new Receipt(id, Columns.text(row, 2), outcome, answeredAt);
                if (receipt.isAbout(sequence)) {
                    return receipt;
                }
            }
            return null;
        } catch (MalformedJson e) {
            throw database.damaged("a receipt is none (" + e.getMessage() + ")", e);
        }
    }

    /** The greatest command id with a receipt, as the database compares texts; or null. */
    public @Nullable CommandId lastCommandId() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().lastCommandId);
                ResultSet row = select.executeQuery()) {
            row.next();
            String id = row.getString(1);
            return id == null ? null : new CommandId(id);
        } catch (IllegalArgumentException e) {
            throw database.damaged("a receipt has no command id", e);
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
