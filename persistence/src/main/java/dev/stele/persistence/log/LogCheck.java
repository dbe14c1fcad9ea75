package dev.stele.persistence.log;

import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.persistence.json.EventFormat.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Follows the chain of hashes through the log, and compares it with what was written down. */
public final class LogCheck {

    private static final int PROGRESS_EVERY = 1_000;
    private static final byte[] NO_HASH = {};

    private final LogDatabase database;
    private final Connection connection;
    private final EventTypes types;
    private final LogHead end;
    private final long checkedAfter;
    private final HashChain chain = new HashChain();
    private long sequence;
    private byte[] hash;

    /** What is wrong with the event after those that were taken in. */
    private @Nullable String fault;

    /**
     * A check that begins at some event.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log for as long as the check lasts
     * @param sequence the place before the first event
     * @param hash the hash there
     */
    private LogCheck(LogDatabase database, Connection connection, long sequence, byte[] hash)
            throws SQLException {
        this.database = database;
        this.connection = connection;
        this.types = EventTypes.load(database, connection);
        this.end = head(database, connection);
        this.checkedAfter = checkedAfter(database, connection);
        this.sequence = sequence;
        this.hash = hash;
    }

    /**
     * Gets the events that are as they were written, one after the other.
     *
     * @param <X> what keeps it from taking one
     */
    public interface Visitor<X extends Exception> {
        /** Takes the next event. */
        void visit(LogRow row) throws X;

        /** Takes a stretch whose events were replaced. */
        default void visit(Segment segment) throws X {}
    }

    /**
     * Checks the whole log. Costs its length.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     */
    public static LogCheck all(LogDatabase database, Connection connection) throws SQLException {
        return new LogCheck(database, connection, 0, HashChain.beginning());
    }

    /**
     * A check that begins behind a place that tells its whole hash; null when it does not.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     * @param place a seal, the end of a segment, or 0
     */
    static @Nullable LogCheck from(LogDatabase database, Connection connection, long place)
            throws SQLException {
        byte[] hash = place == 0 ? HashChain.beginning() : hashToldAt(database, connection, place);
        return hash == null || hash.length != HashChain.beginning().length
                ? null
                : new LogCheck(database, connection, place, hash);
    }

    private static byte @Nullable [] hashToldAt(
            LogDatabase database, Connection connection, long place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().segmentEnd)) {
            select.setLong(1, place);
            select.setInt(2, 1);
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && row.getLong(1) == place) {
                    return Columns.bytes(row, 2);
                }
            }
        }
        return sealAt(database, connection, place);
    }

    /**
     * The last place up to this one that should tell its whole hash: a seal, or the end of a
     * segment; 0 when there is none.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     * @param place a sequence, or 0
     */
    static long lastTold(LogDatabase database, Connection connection, long place)
            throws SQLException {
        long seal = HashChain.lastSeal(place);
        try (PreparedStatement select = connection.prepareStatement(database.sql().segmentEnd)) {
            select.setLong(1, place);
            select.setInt(2, 1);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Math.max(seal, row.getLong(1)) : seal;
            }
        }
    }

    /** Whether it has taken in all events that the log says it has. */
    boolean isAtTheEnd() {
        return sequence >= end.sequence();
    }

    /**
     * Where the log ends, and the hash there.
     *
     * @param database the store's
     * @param connection any to it
     */
    public static LogHead head(LogDatabase database, Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().head);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new LogHead(
                    Math.max(0, row.getLong(1)), hex(Arrays.copyOf(Columns.bytes(row, 2), 32)));
        }
    }

    private static long checkedAfter(LogDatabase database, Connection connection)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().checkedAfter);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static byte @Nullable [] sealAt(
            LogDatabase database, Connection connection, long sequence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().lastSeal)) {
            select.setLong(1, sequence);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Columns.bytes(row, 1) : null;
            }
        }
    }

    /**
     * Follows the chain to the log's end, or to the first event that does not fit.
     *
     * @param progress hears how far it is
     * @param visitor gets the events
     */
    public <X extends Exception> LogVerification follow(LogProgress progress, Visitor<X> visitor)
            throws SQLException, X {
        try {
            while (!followRows(progress, visitor)) {
                Broken broken = fault == null ? followSegment(visitor) : broken(fault);
                if (broken != null) {
                    return broken;
                }
            }
        } catch (SQLException e) {
            if (database.isDamage(e)) {
                return new Broken(sequence + 1, "it cannot be read: " + database.words(e));
            }
            throw e;
        }
        progress.reached(sequence, end.sequence());
        return end();
    }

    /** Takes events in to the end of the rows; false at a gap or a fault. */
    private <X extends Exception> boolean followRows(LogProgress progress, Visitor<X> visitor)
            throws SQLException, X {
        try (PreparedStatement select = connection.prepareStatement(database.sql().chain)) {
            select.setLong(1, sequence);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (rows.getLong(1) != sequence + 1) {
                        return false;
                    }
                    fault = step(rows, visitor);
                    if (fault != null) {
                        return false;
                    }
                    if (sequence % PROGRESS_EVERY == 0) {
                        progress.reached(sequence, end.sequence());
                    }
                }
            }
        }
        return true;
    }

    private Broken broken(String why) {
        return new Broken(sequence + 1, why);
    }

    /** Takes the stretch in whose events are missing since they were replaced. */
    private <X extends Exception> @Nullable Broken followSegment(Visitor<X> visitor)
            throws SQLException, X {
        PackedSegment packed = PackedSegment.holding(database, connection, sequence + 1);
        if (packed == null || packed.first() != sequence + 1) {
            return broken("the event " + (sequence + 1) + " is missing");
        }
        try {
            Segment segment = packed.unpacked();
            visitor.visit(segment);
            sequence = segment.last();
            hash = segment.endHash();
            return null;
        } catch (SegmentBytes.Unreadable e) {
            return broken(packed.fault(e));
        }
    }

    /** Takes the next event in, or tells what is wrong with it. */
    private <X extends Exception> @Nullable String step(ResultSet row, Visitor<X> visitor)
            throws SQLException, X {
        long next = sequence + 1;
        EventType type = types.type(row.getInt(2));
        if (type == null) {
            return "the event " + next + " has no type";
        }
        if (next > end.sequence()) {
            return "the log should end at " + end.sequence() + " and goes on";
        }
        byte[] payload = Columns.bytes(row, 4);
        byte[] nextHash = chain.next(hash, next, row.getLong(3), type, payload);
        if (isChecked(next)
                && !Arrays.equals(HashChain.kept(next, nextHash), Columns.bytes(row, 5))) {
            return "the event " + next + " does not fit to its hash and to the events before it";
        }
        visitor.visit(new LogRow(next, type, row.getLong(3), payload, nextHash));
        sequence = next;
        hash = nextHash;
        return null;
    }

    private boolean isChecked(long place) {
        return place > checkedAfter || HashChain.isSealed(place);
    }

    private LogVerification end() {
        if (end.sequence() != sequence) {
            return new Broken(
                    sequence + 1,
                    "the log ends at " + sequence + " and should end at " + end.sequence());
        }
        return hex(hash).equals(end.hash())
                ? new Sound(end)
                : new Broken(sequence, "the newest hash is not that of the events");
    }

    /**
     * The hash of the chain at a place, followed from the last place before it that tells one;
     * empty when the chain does not reach it unbroken.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     * @param place a sequence, or 0
     */
    public static byte[] hashAt(LogDatabase database, Connection connection, long place)
            throws SQLException {
        LogCheck check = from(database, connection, lastTold(database, connection, place));
        return check != null
                        && place <= head(database, connection).sequence()
                        && check.reaches(place)
                ? check.hash
                : NO_HASH;
    }

    private boolean reaches(long place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().chain)) {
            select.setLong(1, sequence);
            try (ResultSet rows = select.executeQuery()) {
                boolean fits = true;
                while (fits && sequence < place && rows.next()) {
                    fits = rows.getLong(1) == sequence + 1 && step(rows, _ -> {}) == null;
                }
            }
        }
        return sequence == place;
    }

    /** A hash as people see it. */
    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
