package dev.stele.persistence.log;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
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
     */
    public LogReader(LogDatabase database, LogFormat format) throws SQLException {
        this.database = database;
        this.format = format;
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
        selectEvents.setLong(1, afterSequence);
        selectEvents.setInt(2, limit);
        var events = new ArrayList<StoredEvent>();
        try (ResultSet rows = selectEvents.executeQuery()) {
            while (rows.next()) {
                long expected = afterSequence + events.size() + 1;
                if (rows.getLong(1) != expected) {
                    throw database.damaged("the event " + expected + " is missing", null);
                }
                events.add(event(expected, rows));
            }
        }
        return events;
    }

    private StoredEvent event(long sequence, ResultSet row) throws SQLException {
        EventType type = type(row.getInt(2));
        if (type == null) {
            throw database.damaged("the event " + sequence + " has no type", null);
        }
        try {
            OrchestrationEvent event = format.events().event(type, Columns.bytes(row, 4));
            return new StoredEvent(sequence, event, Instant.ofEpochMilli(row.getLong(3)));
        } catch (MalformedJson e) {
            throw database.damaged(
                    "the event " + sequence + " is no " + type.name() + " (" + e.getMessage() + ")",
                    e);
        }
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
