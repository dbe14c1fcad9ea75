package dev.stele.persistence.log;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Codec.MalformedJson;
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
    private final Quarantine quarantine;
    private final Connection connection;
    private final PreparedStatement selectHead;
    private final PreparedStatement selectEvents;
    private final PreparedStatement selectReceipt;
    private final PreparedStatement selectMark;
    private EventTypes types;

    /**
     * A reader.
     *
     * @param database the store's
     * @param format of what is in it
     * @param quarantine the places whose events are not given out
     */
    public LogReader(LogDatabase database, LogFormat format, Quarantine quarantine)
            throws SQLException {
        this.database = database;
        this.format = format;
        this.quarantine = quarantine;
        Sql sql = database.sql();
        connection = database.reading();
        try {
            selectHead = connection.prepareStatement(sql.head);
            selectEvents = connection.prepareStatement(sql.events);
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
        selectEvents.setLong(1, afterSequence);
        selectEvents.setInt(2, limit);
        var events = new ArrayList<StoredEvent>();
        try (ResultSet rows = selectEvents.executeQuery()) {
            while (events.size() < limit && rows.next()) {
                long sequence = rows.getLong(1);
                if (sequence <= afterSequence + events.size()) {
                    throw database.damaged("its events are not in their order", null);
                }
                addMissing(afterSequence, Math.min(sequence - 1, afterSequence + limit), events);
                if (events.size() < limit) {
                    events.add(
                            event(
                                    sequence,
                                    type(rows.getInt(2)),
                                    rows.getLong(3),
                                    Columns.bytes(rows, 4)));
                }
            }
        }
        addMissing(afterSequence, end, events);
        return events;
    }

    /** Stands in for events up to a place that are not there. */
    private void addMissing(long afterSequence, long end, List<StoredEvent> events) {
        for (long next = afterSequence + events.size() + 1; next <= end; next++) {
            events.add(unreadable(next, 0, "the event " + next + " is missing"));
        }
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
            OrchestrationEvent event = format.events().event(type, payload);
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

    private StoredEvent unreadable(long sequence, long storedAt, String why) {
        quarantine.found(sequence, why);
        return new StoredEvent(sequence, new UnreadableEvent(why), Instant.ofEpochMilli(storedAt));
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
