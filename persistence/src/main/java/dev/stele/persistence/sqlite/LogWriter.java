package dev.stele.persistence.sqlite;

import dev.stele.contracts.TurnId;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.persistence.json.EventFormat.EventType;
import dev.stele.persistence.log.Columns;
import dev.stele.persistence.log.EncodedAppend;
import dev.stele.persistence.log.EncodedAppend.EventRow;
import dev.stele.persistence.log.EncodedAppend.ReceiptRow;
import dev.stele.persistence.log.EventTypes;
import dev.stele.persistence.log.HashChain;
import dev.stele.persistence.log.LogFormat;
import dev.stele.persistence.log.LogRewriter;
import dev.stele.persistence.log.LogStore;
import dev.stele.persistence.log.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The connection that appends, with its statements. For one thread at a time.
 *
 * <p>After an exception it is not used again: closing it takes back whatever was begun.
 */
final class LogWriter implements LogStore.Appender {

    private final SqliteDatabase database;
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

    /**
     * A writer.
     *
     * @param database the store's
     * @param format of what goes into it
     * @param maxEventBytes the largest payload
     */
    LogWriter(SqliteDatabase database, LogFormat format, int maxEventBytes) throws SQLException {
        this.database = database;
        this.format = format;
        this.maxEventBytes = maxEventBytes;
        Sql sql = database.sql();
        connection = database.appending();
        try {
            types = EventTypes.complete(database, connection, format.firstTypes());
            begin = connection.prepareStatement(sql.begin);
            commit = connection.prepareStatement(Sql.COMMIT);
            rollback = connection.prepareStatement(Sql.ROLLBACK);
            selectHead = connection.prepareStatement(sql.head);
            moveHead = connection.prepareStatement(sql.moveHead);
            addEvent = connection.prepareStatement(sql.addEvent);
            addReceipt = connection.prepareStatement(sql.addReceipt);
            raiseMark = connection.prepareStatement(sql.raiseMark);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public LogRewriter rewriter() {
        return new LogRewriter(database, format, connection, maxEventBytes);
    }

    /** The connection, for what SQLite alone can do. */
    Connection connection() {
        return connection;
    }

    @Override
    public AppendResult append(Append append) throws SQLException {
        return switch (EncodedAppend.of(append, format, maxEventBytes)) {
            case EncodedAppend.Refused(var result) -> result;
            case EncodedAppend.Rows rows ->
                    add(rows, append.expectedHead(), append.storedAt().toEpochMilli());
        };
    }

    private AppendResult add(EncodedAppend.Rows rows, long expectedHead, long storedAt)
            throws SQLException {
        begin.execute();
        Head head = head();
        if (head.sequence() != expectedHead) {
            rollback.execute();
            return new AppendResult.WrongHead(head.sequence());
        }
        Head newHead = addEvents(head, rows.events(), storedAt);
        addReceipts(rows.receipts());
        raiseMarks(rows.marks());
        if (!rows.events().isEmpty()) {
            moveHead(newHead);
        }
        commit.execute();
        return new AppendResult.Appended(newHead.sequence());
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
            types = EventTypes.complete(database, connection, List.of(type));
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

    private void raiseMarks(Map<TurnId, Long> marks) throws SQLException {
        for (Map.Entry<TurnId, Long> mark : marks.entrySet()) {
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
