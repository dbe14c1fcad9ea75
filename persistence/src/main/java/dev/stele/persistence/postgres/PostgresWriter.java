package dev.stele.persistence.postgres;

import dev.stele.contracts.TurnId;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.AppendResult.LeaseLost;
import dev.stele.domain.port.StoreException;
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
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connection that appends, with its statements. For one thread at a time.
 *
 * <p>After an exception it is not used again: whether the append happened is in doubt until the
 * next connection has looked.
 */
final class PostgresWriter implements LogStore.Appender {

    /** So many bytes of payloads go into a statement; a single larger one goes alone. */
    private static final int STATEMENT_BYTES = 32 << 20;

    private final PostgresDatabase database;
    private final LogFormat format;
    private final Limits limits;
    private final Term term;
    private final HashChain chain = new HashChain();
    private final Connection connection;
    private final PreparedStatement append;
    private final PreparedStatement addEvents;
    private final PreparedStatement selectState;
    private final LogRewriter rewriter;
    private EventTypes types;
    private boolean recovered;

    /** Where the log ended when this connection last looked or wrote; null before that. */
    private @Nullable Head known;

    /** Where the log ends, and the hash that stands for all of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Head(long sequence, byte[] hash) {}

    /** Events for one statement, each with what its row keeps of its hash. */
    private static final class Piece {
        private final long before;
        private final List<Integer> types = new ArrayList<>();
        private final List<byte[]> payloads = new ArrayList<>();
        private final List<byte[]> hashes = new ArrayList<>();
        private long bytes;

        Piece(long before) {
            this.before = before;
        }

        boolean takes(EventRow row) {
            return types.isEmpty() || bytes + row.payload().length <= STATEMENT_BYTES;
        }

        void add(int type, byte[] payload, byte[] kept) {
            types.add(type);
            payloads.add(payload);
            hashes.add(kept);
            bytes += payload.length;
        }

        long after() {
            return before + types.size();
        }
    }

    /**
     * A writer.
     *
     * @param database where the log is
     * @param format of what goes into it
     * @param limits that it keeps to
     * @param term tells under which token it writes
     */
    PostgresWriter(PostgresDatabase database, LogFormat format, Limits limits, Term term)
            throws SQLException {
        this.database = database;
        this.format = format;
        this.limits = limits;
        this.term = term;
        connection = database.appending(limits.lease());
        rewriter = new LogRewriter(database, format, connection, limits.maxEventBytes());
        try {
            types = EventTypes.complete(database, connection, format.firstTypes());
            append = connection.prepareStatement(PostgresSql.APPEND);
            addEvents = connection.prepareStatement(PostgresSql.ADD_EVENTS);
            selectState = connection.prepareStatement(PostgresSql.STATE);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public AppendResult append(Append wanted) throws SQLException {
        long token = term.token();
        return switch (EncodedAppend.of(wanted, format, limits.maxEventBytes())) {
            case EncodedAppend.Refused(var result) ->
                    look(token, wanted.expectedHead()) instanceof LeaseLost lost ? lost : result;
            case EncodedAppend.Rows rows -> {
                AppendResult refusal =
                        stands(wanted.expectedHead()) ? null : look(token, wanted.expectedHead());
                yield refusal == null
                        ? add(rows, token, wanted.storedAt().toEpochMilli())
                        : refusal;
            }
        };
    }

    private boolean stands(long expectedHead) {
        return known != null && known.sequence() == expectedHead;
    }

    /** Why the append cannot be, or null: then it is known where the log ends. */
    private @Nullable AppendResult look(long token, long expectedHead) throws SQLException {
        try (ResultSet row = selectState.executeQuery()) {
            row.next();
            boolean held = row.getLong(5) > 0;
            if (row.getLong(3) != token || !held) {
                return new LeaseLost(held ? row.getString(4) : null);
            }
            known = new Head(row.getLong(1), Columns.bytes(row, 2));
        }
        recover();
        return stands(expectedHead) ? null : new AppendResult.WrongHead(known.sequence());
    }

    /** What a writer of before left half done is finished by the one that has the lease. */
    private void recover() throws SQLException {
        if (!recovered) {
            rewriter.recover();
            recovered = true;
        }
    }

    /**
     * What replaces stretches of the log, by the one node that may write.
     *
     * @throws StoreException when this is another one
     */
    @Override
    public LogRewriter rewriter() throws SQLException {
        if (look(term.token(), 0) instanceof LeaseLost) {
            throw new StoreException(
                    "This node does not write the log " + database + " now; nothing was changed.",
                    null);
        }
        return rewriter;
    }

    private AppendResult add(EncodedAppend.Rows rows, long token, long storedAt)
            throws SQLException {
        Head head = Objects.requireNonNull(known);
        List<Piece> pieces = new ArrayList<>();
        byte[] hash = split(rows.events(), head, storedAt, pieces);
        var newHead = new Head(pieces.getLast().after(), hash);
        bindConditions(head, newHead, token);
        bindReceipts(rows.receipts());
        bindMarks(rows.marks());
        // With one piece the statement is the transaction, and nothing waits for this program.
        boolean added =
                pieces.size() == 1 ? move(pieces.getFirst(), storedAt) : addAll(pieces, storedAt);
        if (!added) {
            return refusal(token, head);
        }
        known = newHead;
        return new AppendResult.Appended(newHead.sequence());
    }

    private boolean addAll(List<Piece> pieces, long storedAt) throws SQLException {
        connection.setAutoCommit(false);
        boolean moved = move(pieces.getFirst(), storedAt);
        if (moved) {
            for (Piece piece : pieces.subList(1, pieces.size())) {
                bind(addEvents, 0, piece, storedAt);
                addEvents.executeUpdate();
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        return moved;
    }

    private boolean move(Piece first, long storedAt) throws SQLException {
        bind(append, PostgresSql.APPEND_CONDITIONS, first, storedAt);
        try (ResultSet row = append.executeQuery()) {
            return row.next();
        }
    }

    /** Nothing was added: whoever looks finds out why. */
    private AppendResult refusal(long token, Head head) throws SQLException {
        AppendResult refusal = look(token, head.sequence());
        if (refusal == null) {
            throw database.damaged("the hash of its head is not the one that was written", null);
        }
        return refusal;
    }

    /** The events in pieces, of which there is at least one; the answer is the newest hash. */
    private byte[] split(List<EventRow> rows, Head head, long storedAt, List<Piece> pieces)
            throws SQLException {
        byte[] hash = head.hash();
        long sequence = head.sequence();
        var piece = new Piece(sequence);
        pieces.add(piece);
        for (EventRow row : rows) {
            if (!piece.takes(row)) {
                piece = new Piece(sequence);
                pieces.add(piece);
            }
            sequence++;
            hash = chain.next(hash, sequence, storedAt, row.type(), row.payload());
            piece.add(number(row.type()), row.payload(), HashChain.kept(sequence, hash));
        }
        return hash;
    }

    /** Only events that were read from elsewhere are of types that this program does not write. */
    private int number(EventType type) throws SQLException {
        if (!types.has(type)) {
            types = EventTypes.complete(database, connection, List.of(type));
        }
        return types.number(type);
    }

    private void bindConditions(Head head, Head newHead, long token) throws SQLException {
        append.setLong(1, newHead.sequence());
        append.setBytes(2, newHead.hash());
        append.setLong(3, head.sequence());
        append.setBytes(4, head.hash());
        append.setLong(5, token);
    }

    private void bind(PreparedStatement statement, int before, Piece piece, long storedAt)
            throws SQLException {
        statement.setLong(before + 1, piece.before);
        statement.setLong(before + 2, storedAt);
        statement.setObject(before + 3, piece.types.stream().mapToInt(type -> type).toArray());
        statement.setArray(before + 4, bytes(piece.payloads));
        statement.setArray(before + 5, bytes(piece.hashes));
    }

    private void bindReceipts(List<ReceiptRow> rows) throws SQLException {
        int first = PostgresSql.APPEND_CONDITIONS + 6;
        append.setArray(
                first, texts(rows.stream().map(row -> row.receipt().commandId().value()).toList()));
        append.setArray(
                first + 1, texts(rows.stream().map(row -> row.receipt().fingerprint()).toList()));
        append.setObject(
                first + 2,
                rows.stream()
                        .mapToLong(row -> row.receipt().answeredAt().toEpochMilli())
                        .toArray());
        append.setArray(first + 3, bytes(rows.stream().map(ReceiptRow::outcome).toList()));
    }

    private void bindMarks(Map<TurnId, Long> marks) throws SQLException {
        int first = PostgresSql.APPEND_CONDITIONS + 10;
        List<Map.Entry<TurnId, Long>> entries = List.copyOf(marks.entrySet());
        append.setArray(first, texts(entries.stream().map(mark -> mark.getKey().value()).toList()));
        append.setObject(first + 1, entries.stream().mapToLong(Map.Entry::getValue).toArray());
    }

    private Array bytes(List<byte[]> values) throws SQLException {
        return connection.createArrayOf("bytea", values.toArray(new byte[0][]));
    }

    private Array texts(List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray(new String[0]));
    }

    /** The server is not waited for. */
    @Override
    public void abort() {
        Quietly.abort(connection);
    }

    @Override
    public void close() {
        abort();
    }
}
