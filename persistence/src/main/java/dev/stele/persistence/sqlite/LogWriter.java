package dev.stele.persistence.sqlite;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.persistence.json.EventFormat.EventType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connection that appends, with its statements. For one thread at a time.
 *
 * <p>After an exception it is not used again: closing it takes back whatever was begun.
 */
final class LogWriter implements AutoCloseable {

    private final LogFormat format;
    private final int maxEventBytes;
    private final HashChain chain = new HashChain();
    private final Connection connection;
    private EventTypes types;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement selectHead;
    private final PreparedStatement moveHead;
    private final PreparedStatement addEvent;
    private final PreparedStatement addReceipt;
    private final PreparedStatement raiseMark;

    /** Where the log ends, and the hash that stands for all of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Head(long sequence, byte[] hash) {}

    /** An event as it goes into its row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record EventRow(EventType type, byte[] payload) {}

    /** A receipt as it goes into its row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ReceiptRow(Receipt receipt, byte[] outcome) {}

    /**
     * A writer.
     *
     * @param database the file
     * @param format of what goes into it
     * @param maxEventBytes the largest payload
     */
    LogWriter(Path database, LogFormat format, int maxEventBytes) throws SQLException {
        this.format = format;
        this.maxEventBytes = maxEventBytes;
        connection = Connections.appending(database);
        try {
            types = EventTypes.complete(connection, format.events().types());
            begin = connection.prepareStatement(Sql.BEGIN);
            commit = connection.prepareStatement(Sql.COMMIT);
            rollback = connection.prepareStatement(Sql.ROLLBACK);
            selectHead = connection.prepareStatement(Sql.HEAD);
            moveHead = connection.prepareStatement(Sql.MOVE_HEAD);
            addEvent = connection.prepareStatement(Sql.ADD_EVENT);
            addReceipt = connection.prepareStatement(Sql.ADD_RECEIPT);
            raiseMark = connection.prepareStatement(Sql.RAISE_MARK);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Adds all of it in one transaction, or nothing. */
    AppendResult append(Append append) throws SQLException {
        var events = new ArrayList<EventRow>(append.eventCount());
        var receipts = new ArrayList<ReceiptRow>();
        for (int i = 0; i < append.entries().size(); i++) {
            try {
                encode(append.entries().get(i), events, receipts);
            } catch (IllegalArgumentException e) {
                return new AppendResult.Unencodable(i, String.valueOf(e.getMessage()));
            }
        }
        begin.execute();
        Head head = head();
        if (head.sequence() != append.expectedHead()) {
            rollback.execute();
            return new AppendResult.WrongHead(head.sequence());
        }
        Head newHead = addEvents(head, events, append.storedAt().toEpochMilli());
        addReceipts(receipts);
        raiseMarks(append.entries());
        if (!events.isEmpty()) {
            moveHead(newHead);
        }
        commit.execute();
        return new AppendResult.Appended(newHead.sequence());
    }

    private void encode(Append.Entry entry, List<EventRow> events, List<ReceiptRow> receipts) {
        for (OrchestrationEvent event : entry.events()) {
            EventType type = format.events().typeOf(event);
            byte[] payload = format.events().payload(event);
            if (payload.length > maxEventBytes) {
                throw tooLarge(type, payload);
            }
            events.add(new EventRow(type, payload));
        }
        Receipt receipt = entry.receipt();
        if (receipt != null) {
            receipts.add(new ReceiptRow(receipt, format.codec().encode(receipt.outcome())));
        }
    }

    private IllegalArgumentException tooLarge(EventType type, byte[] payload) {
        return new IllegalArgumentException(
                "The event "
                        + type.name()
                        + " has "
                        + payload.length
                        + " bytes and may have "
                        + maxEventBytes
                        + "; split it, or raise the store's limit.");
    }

    private Head head() throws SQLException {
        try (ResultSet row = selectHead.executeQuery()) {
            row.next();
            return new Head(row.getLong(1), Columns.bytes(row, 2));
        }
    }

    private Head addEvents(Head head, List<EventRow> rows, long storedAt) throws SQLException {
        long sequence = head.sequence();
        byte[] hash = head.hash();
        for (EventRow row : rows) {
            sequence++;
            hash = chain.next(hash, sequence, storedAt, row.type(), row.payload());
            addEvent.setLong(1, sequence);
            addEvent.setInt(2, number(row.type()));
            addEvent.setLong(3, storedAt);
            addEvent.setBytes(4, row.payload());
            addEvent.setBytes(5, HashChain.kept(sequence, hash));
            addEvent.addBatch();
        }
        addEvent.executeBatch();
        return new Head(sequence, hash);
    }

    /** Only events that were read from elsewhere are of types that this program does not write. */
    private int number(EventType type) throws SQLException {
        if (!types.has(type)) {
            types = EventTypes.complete(connection, List.of(type));
        }
        return types.number(type);
    }

    private void addReceipts(List<ReceiptRow> rows) throws SQLException {
        for (ReceiptRow row : rows) {
            addReceipt.setString(1, row.receipt().commandId().value());
            addReceipt.setString(2, row.receipt().fingerprint());
            addReceipt.setLong(3, row.receipt().answeredAt().toEpochMilli());
            addReceipt.setBytes(4, row.outcome());
            addReceipt.addBatch();
        }
        addReceipt.executeBatch();
    }

    /** One row a turn: a drain may hold many words of the same one. */
    private void raiseMarks(List<Append.Entry> entries) throws SQLException {
        Map<TurnId, Long> highest = new HashMap<>();
        for (Append.Entry entry : entries) {
            ProviderMark mark = entry.mark();
            if (mark != null) {
                highest.merge(mark.turnId(), mark.sequence(), Math::max);
            }
        }
        for (Map.Entry<TurnId, Long> mark : highest.entrySet()) {
            raiseMark.setString(1, mark.getKey().value());
            raiseMark.setLong(2, mark.getValue());
            raiseMark.addBatch();
        }
        raiseMark.executeBatch();
    }

    private void moveHead(Head head) throws SQLException {
        moveHead.setLong(1, head.sequence());
        moveHead.setBytes(2, head.hash());
        moveHead.execute();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
