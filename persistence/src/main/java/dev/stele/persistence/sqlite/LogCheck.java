package dev.stele.persistence.sqlite;

import dev.stele.persistence.json.EventFormat.EventType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Follows the chain of hashes through the log, and compares it with what was written down. */
final class LogCheck {

    private final Connection connection;
    private final EventTypes types;
    private final HashChain chain = new HashChain();
    private long sequence;
    private byte[] hash;

    private LogCheck(Connection connection, long sequence, byte[] hash) throws SQLException {
        this.connection = connection;
        this.types = EventTypes.load(connection);
        this.sequence = sequence;
        this.hash = hash;
    }

    /** What the check found. */
    sealed interface Result {
        /**
         * All is as it was written.
         *
         * @param head the newest event
         * @param hash the hash that stands for the whole log, in hexadecimal
         */
        record Sound(long head, String hash) implements Result {}

        /**
         * Something was changed, taken out or added.
         *
         * @param sequence the first event that does not fit; the change may be in one of the {@link
         *     HashChain#SEAL_EVERY} events up to it
         * @param why a clause for people
         */
        record Broken(long sequence, String why) implements Result {}
    }

    /**
     * Checks the whole log. Costs its length.
     *
     * @param database the store's file
     */
    static Result all(Path database) throws SQLException {
        try (Connection connection = Connections.reading(database)) {
            execute(connection, Sql.BEGIN_READING);
            return new LogCheck(connection, 0, HashChain.beginning()).follow();
        }
    }

    /**
     * Checks the newest events, at most {@link HashChain#SEAL_EVERY}.
     *
     * @param database the store's file
     */
    static Result newest(Path database) throws SQLException {
        try (Connection connection = Connections.reading(database)) {
            execute(connection, Sql.BEGIN_READING);
            long seal = HashChain.lastSeal(head(connection));
            byte[] hash = seal == 0 ? HashChain.beginning() : sealAt(connection, seal);
            return hash == null
                    ? new Result.Broken(seal, "the event " + seal + " or its hash is missing")
                    : new LogCheck(connection, seal, hash).follow();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static long head(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.HEAD);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static byte @Nullable [] sealAt(Connection connection, long sequence)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.LAST_SEAL)) {
            select.setLong(1, sequence);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Columns.bytes(row, 1) : null;
            }
        }
    }

    private Result follow() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.CHAIN)) {
            select.setLong(1, sequence);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String fault = step(rows);
                    if (fault != null) {
                        return new Result.Broken(sequence + 1, fault);
                    }
                }
            }
        }
        return end();
    }

    /** Takes the next event in, or tells what is wrong with it. */
    private @Nullable String step(ResultSet row) throws SQLException {
        long next = sequence + 1;
        if (row.getLong(1) != next) {
            return "the event " + next + " is missing";
        }
        EventType type = types.type(row.getInt(2));
        if (type == null) {
            return "the event " + next + " has no type";
        }
        byte[] nextHash = chain.next(hash, next, row.getLong(3), type, Columns.bytes(row, 4));
        if (HashChain.isSealed(next) && !Arrays.equals(nextHash, Columns.bytes(row, 5))) {
            return "the hash of the event " + next + " is not that of the events up to it";
        }
        sequence = next;
        hash = nextHash;
        return null;
    }

    private Result end() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.HEAD);
                ResultSet row = select.executeQuery()) {
            row.next();
            if (row.getLong(1) != sequence) {
                return new Result.Broken(
                        sequence + 1,
                        "the log ends at " + sequence + " and should end at " + row.getLong(1));
            }
            return Arrays.equals(Columns.bytes(row, 2), hash)
                    ? new Result.Sound(sequence, HexFormat.of().formatHex(hash))
                    : new Result.Broken(sequence, "the newest hash is not that of the events");
        }
    }
}
