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
     * A check that begins behind an event that tells its whole hash; null when it does not.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     * @param seal its place, or 0
     */
    static @Nullable LogCheck from(LogDatabase database, Connection connection, long seal)
            throws SQLException {
        byte[] hash = seal == 0 ? HashChain.beginning() : sealAt(database, connection, seal);
        return hash == null || hash.length != HashChain.beginning().length
                ? null
                : new LogCheck(database, connection, seal, hash);
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
        try (PreparedStatement select = connection.prepareStatement(database.sql().chain)) {
            select.setLong(1, sequence);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String fault = step(rows, visitor);
                    if (fault != null) {
                        return new Broken(sequence + 1, fault);
                    }
                    if (sequence % PROGRESS_EVERY == 0) {
                        progress.reached(sequence, end.sequence());
                    }
                }
            }
        } catch (SQLException e) {
            if (database.isDamage(e)) {
                return new Broken(sequence + 1, "it cannot be read: " + e.getMessage());
            }
            throw e;
        }
        progress.reached(sequence, end.sequence());
        return end();
    }

    /** Takes the next event in, or tells what is wrong with it. */
    private <X extends Exception> @Nullable String step(ResultSet row, Visitor<X> visitor)
            throws SQLException, X {
        long next = sequence + 1;
        if (row.getLong(1) != next) {
            return "the event " + next + " is missing";
        }
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
     * The hash of the chain at a place, followed from the last seal before it; empty when the chain
     * does not reach it unbroken.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     * @param place a sequence, or 0
     */
    public static byte[] hashAt(LogDatabase database, Connection connection, long place)
            throws SQLException {
        long seal = HashChain.lastSeal(place);
        byte[] hash = seal == 0 ? HashChain.beginning() : sealAt(database, connection, seal);
        if (hash == null || place > head(database, connection).sequence()) {
            return NO_HASH;
        }
        var check = new LogCheck(database, connection, seal, hash);
        return check.reaches(place) ? check.hash : NO_HASH;
    }

    private boolean reaches(long place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().chain)) {
            select.setLong(1, sequence);
            try (ResultSet rows = select.executeQuery()) {
                boolean fits = true;
                while (fits && sequence < place && rows.next()) {
                    fits = step(rows, _ -> {}) == null;
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
