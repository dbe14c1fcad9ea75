package dev.stele.persistence.log;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.port.LogRewriting.Replacement;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import dev.stele.persistence.json.EventFormat.EventType;
import dev.stele.persistence.log.SegmentEntry.Absorbed;
import dev.stele.persistence.log.SegmentEntry.Kept;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Prepares segments beside the log, and puts them in the place of their stretches. For one thread
 * at a time.
 *
 * <p>Making one reads and packs a stretch, for which any connection will do. The rest works on the
 * connection of the store's writer, each call in one short transaction; after an exception that
 * connection is closed, which takes back whatever was begun.
 */
public final class LogRewriter {

    /** About what a row takes besides its payload. */
    static final long ROW_BYTES = 16;

    /** About what a segment's row takes besides its packed bytes. */
    private static final long SEGMENT_BYTES = 64;

    private static final Map<String, byte[]> NONE = Map.of();

    private final LogDatabase database;
    private final LogFormat format;
    private final Connection connection;
    private final int maxEventBytes;

    /**
     * A rewriter.
     *
     * @param database the store's
     * @param format of what goes into it
     * @param connection one that appends
     * @param maxEventBytes the largest payload
     */
    public LogRewriter(
            LogDatabase database, LogFormat format, Connection connection, int maxEventBytes) {
        this.database = database;
        this.format = format;
        this.connection = connection;
        this.maxEventBytes = maxEventBytes;
    }

    /** A prepared segment, the digest that its fact tells, and where the log ended before that. */
    record Prepared(PackedSegment packed, String digest, long head) {}

    /** A segment that is to take the place of a stretch, and what that changes. */
    public static final class Draft {
        private final Prepared prepared;
        private final Replacement replacement;

        private Draft(Prepared prepared, Replacement replacement) {
            this.prepared = prepared;
            this.replacement = replacement;
        }
    }

    /**
     * Makes what takes the place of a stretch, and writes nothing. The connection looks at one
     * state of the log.
     */
    public Draft draft(StretchChange change) throws SQLException {
        long head = LogCheck.head(database, connection).sequence();
        if (change.last() > head) {
            throw new StoreException(
                    "The log ends at "
                            + head
                            + ", and nothing up to "
                            + change.last()
                            + " can be replaced.",
                    null);
        }
        var old = new ArrayList<SegmentEntry>();
        long before = read(change.first(), change.last(), old);
        byte[] hash = LogCheck.hashAt(database, connection, change.last());
        if (hash.length == 0) {
            throw database.damaged("its chain does not reach " + change.last(), null);
        }
        var segment =
                new Segment(change.first(), change.last(), hash, entries(old, change.changed()));
        var prepared = new Prepared(PackedSegment.of(segment), segment.digest(), head);
        return new Draft(
                prepared,
                new Replacement(
                        change.first(),
                        change.last(),
                        prepared.digest(),
                        before,
                        prepared.packed().packed().length + SEGMENT_BYTES));
    }

    /** Writes a draft beside the log. */
    public Replacement keep(Draft draft) throws SQLException {
        PackedSegment packed = draft.prepared.packed();
        execute(database.sql().begin);
        forget(packed.last());
        try (PreparedStatement insert = connection.prepareStatement(database.sql().addPrepared)) {
            packed.fill(insert);
            insert.setString(6, draft.prepared.digest());
            insert.setLong(7, draft.prepared.head());
            insert.executeUpdate();
        }
        execute(Sql.COMMIT);
        return draft.replacement;
    }

    /** Reads what is at each place of a stretch, and tells about what it takes. */
    private long read(long first, long last, List<SegmentEntry> entries) throws SQLException {
        EventTypes types = EventTypes.load(database, connection);
        long bytes = 0;
        long place = first;
        while (place <= last) {
            long rows = readRows(place, last, types, entries);
            bytes += rows;
            place = first + entries.size();
            if (place <= last) {
                PackedSegment packed = PackedSegment.holding(database, connection, place);
                if (packed == null) {
                    throw database.damaged("the event " + place + " is missing", null);
                }
                if (packed.first() != place || packed.last() > last) {
                    throw new StoreException(
                            "The events from "
                                    + packed.first()
                                    + " to "
                                    + packed.last()
                                    + " were replaced before, and can only be replaced together.",
                            null);
                }
                entries.addAll(packed.unpacked(database).entries());
                bytes += packed.packed().length + SEGMENT_BYTES;
                place = first + entries.size();
            }
        }
        return bytes;
    }

    private long readRows(long first, long last, EventTypes types, List<SegmentEntry> entries)
            throws SQLException {
        long bytes = 0;
        try (PreparedStatement select = connection.prepareStatement(database.sql().events)) {
            select.setLong(1, first - 1);
            select.setInt(2, (int) (last - first + 1));
            try (ResultSet rows = select.executeQuery()) {
                for (long place = first; rows.next() && rows.getLong(1) == place; place++) {
                    EventType type = types.type(rows.getInt(2));
                    if (type == null || place > last) {
                        throw database.damaged("the event " + place + " has no type", null);
                    }
                    byte[] payload = Columns.bytes(rows, 4);
                    entries.add(new Kept(place, rows.getLong(3), type, payload));
                    bytes += payload.length + ROW_BYTES;
                }
            }
        }
        return bytes;
    }

    private List<SegmentEntry> entries(
            List<SegmentEntry> old, Map<Long, OrchestrationEvent> changed) {
        var entries = new ArrayList<SegmentEntry>(old.size());
        long time = old.getFirst().storedAt();
        for (SegmentEntry entry : old) {
            SegmentEntry next = entry(entry, changed, time);
            time = next.storedAt();
            entries.add(next);
        }
        return entries;
    }

    private SegmentEntry entry(SegmentEntry old, Map<Long, OrchestrationEvent> changed, long time) {
        OrchestrationEvent other = changed.get(old.sequence());
        if (other instanceof AbsorbedEvent(var into)) {
            return new Absorbed(old.sequence(), time, into);
        }
        return switch (old) {
            case Kept kept -> other == null ? kept : kept(kept, other);
            case Absorbed(var sequence, _, var into) ->
                    changed.get(into) instanceof AbsorbedEvent(var further)
                            ? new Absorbed(sequence, time, further)
                            : new Absorbed(sequence, time, into);
        };
    }

    private Kept kept(Kept old, OrchestrationEvent other) {
        byte[] payload = format.events().payload(other);
        if (payload.length > maxEventBytes && payload.length > old.payload().length) {
            throw new StoreException(
                    "The event "
                            + old.sequence()
                            + " would have "
                            + payload.length
                            + " bytes and may have "
                            + maxEventBytes
                            + "; raise the store's limit.",
                    null);
        }
        return new Kept(old.sequence(), old.storedAt(), format.events().typeOf(other), payload);
    }

    /** Puts a replacement in the place of its stretch. */
    public void replace(Replacement replacement) throws SQLException {
        Prepared prepared = prepared(replacement.last());
        if (prepared == null || !prepared.digest().equals(replacement.digest())) {
            throw new StoreException(
                    "Nothing is prepared for the events from "
                            + replacement.first()
                            + " to "
                            + replacement.last()
                            + "; nothing was replaced.",
                    null);
        }
        if (!isTold(prepared)) {
            throw new StoreException(
                    "The log does not tell that the events from "
                            + replacement.first()
                            + " to "
                            + replacement.last()
                            + " are replaced; nothing was.",
                    null);
        }
        place(prepared);
    }

    private @Nullable Prepared prepared(long last) throws SQLException {
        return allPrepared().stream()
                .filter(one -> one.packed().last() == last)
                .findFirst()
                .orElse(null);
    }

    private List<Prepared> allPrepared() throws SQLException {
        var all = new ArrayList<Prepared>();
        try (PreparedStatement select = connection.prepareStatement(database.sql().prepared);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(
                        new Prepared(
                                PackedSegment.of(rows), Columns.text(rows, 6), rows.getLong(7)));
            }
        }
        return all;
    }

    /** Whether a fact tells of it; such facts come after it was prepared, and are few. */
    private boolean isTold(Prepared prepared) throws SQLException {
        EventTypes types = EventTypes.load(database, connection);
        try (PreparedStatement select = connection.prepareStatement(database.sql().chain)) {
            select.setLong(1, prepared.head());
            try (ResultSet rows = select.executeQuery()) {
                boolean told = false;
                while (!told && rows.next()) {
                    EventType type = types.type(rows.getInt(2));
                    told =
                            type != null
                                    && Vouching.tells(
                                            type, Columns.bytes(rows, 4), prepared.digest());
                }
                return told;
            }
        }
    }

    private void place(Prepared prepared) throws SQLException {
        PackedSegment packed = prepared.packed();
        if (!packed.unpacked(database).digest().equals(prepared.digest())) {
            throw database.damaged("what is prepared for its stretches was changed", null);
        }
        execute(database.sql().begin);
        execute(database.sql().deleteEvents, packed.first(), packed.last());
        execute(database.sql().deleteSegments, packed.first(), packed.last());
        try (PreparedStatement insert = connection.prepareStatement(database.sql().addSegment)) {
            packed.fill(insert);
            insert.executeUpdate();
        }
        forget(packed.last());
        execute(Sql.COMMIT);
    }

    /** Throws a replacement away that was not put in place. */
    public void discard(Replacement replacement) throws SQLException {
        execute(database.sql().begin);
        forget(replacement.last());
        execute(Sql.COMMIT);
    }

    /**
     * Finishes what a crash left behind: what the log tells of is put in its place, and what it
     * does not is thrown away.
     */
    public void recover() throws SQLException {
        for (Prepared prepared : allPrepared()) {
            if (isTold(prepared)) {
                place(prepared);
            } else {
                execute(database.sql().begin);
                forget(prepared.packed().last());
                execute(Sql.COMMIT);
            }
        }
    }

    /**
     * Replaces answers of receipts.
     *
     * @param mask makes the answer that takes the place of another
     * @param look only counts them
     */
    public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) throws SQLException {
        Map<String, byte[]> others = new HashMap<>();
        execute(database.sql().begin);
        try (PreparedStatement select = connection.prepareStatement(database.sql().allReceipts);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byte[] outcome = Columns.bytes(rows, 4);
                byte[] other =
                        format.codec()
                                .encode(
                                        mask.apply(
                                                format.codec()
                                                        .decode(Receipt.Outcome.class, outcome)));
                if (!Arrays.equals(outcome, other)) {
                    others.put(Columns.text(rows, 1), other);
                }
            }
        }
        try (PreparedStatement update = connection.prepareStatement(database.sql().changeOutcome)) {
            for (Map.Entry<String, byte[]> other : (look ? NONE : others).entrySet()) {
                update.setBytes(1, other.getValue());
                update.setString(2, other.getKey());
                update.executeUpdate();
            }
        }
        execute(Sql.COMMIT);
        return others.size();
    }

    private void forget(long last) throws SQLException {
        execute(database.sql().deletePrepared, last);
    }

    private void execute(String sql, long... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
