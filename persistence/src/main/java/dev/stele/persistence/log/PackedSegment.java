package dev.stele.persistence.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A segment as its row holds it.
 *
 * @param first the place of its first fact
 * @param last the place of its last fact
 * @param endHash the hash of the chain of the original facts at its end
 * @param size of its bytes when they are unpacked
 * @param packed its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PackedSegment(long first, long last, byte[] endHash, long size, byte[] packed) {

    /** A row that begins with the columns of a segment. */
    static PackedSegment of(ResultSet row) throws SQLException {
        return new PackedSegment(
                row.getLong(1),
                row.getLong(2),
                Columns.bytes(row, 3),
                row.getLong(4),
                Columns.bytes(row, 5));
    }

    /** The row of a segment. */
    static PackedSegment of(Segment segment) {
        byte[] bytes = SegmentBytes.of(segment);
        return new PackedSegment(
                segment.first(),
                segment.last(),
                segment.endHash(),
                bytes.length,
                SegmentBytes.packed(bytes));
    }

    /**
     * The segment that holds a place, or null.
     *
     * @param select {@link Sql#segment}
     * @param sequence the place
     */
    static @Nullable PackedSegment holding(PreparedStatement select, long sequence)
            throws SQLException {
        PackedSegment segment = from(select, sequence);
        return segment != null && segment.first <= sequence ? segment : null;
    }

    /**
     * The segment that holds a place, or the first one behind it, or null.
     *
     * @param select {@link Sql#segment}
     * @param sequence the place
     */
    static @Nullable PackedSegment from(PreparedStatement select, long sequence)
            throws SQLException {
        select.setLong(1, sequence);
        select.setInt(2, 1);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? of(row) : null;
        }
    }

    /**
     * The segment that holds a place, or the first one behind it, or null.
     *
     * @param database the store's
     * @param connection any to it
     * @param sequence the place
     */
    static @Nullable PackedSegment from(LogDatabase database, Connection connection, long sequence)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().segment)) {
            return from(select, sequence);
        }
    }

    /**
     * The segment that holds a place, or null.
     *
     * @param database the store's
     * @param connection any to it
     * @param sequence the place
     */
    static @Nullable PackedSegment holding(
            LogDatabase database, Connection connection, long sequence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().segment)) {
            return holding(select, sequence);
        }
    }

    /** Fills the first parameters of a statement with the columns of a segment. */
    void fill(PreparedStatement statement) throws SQLException {
        statement.setLong(1, first);
        statement.setLong(2, last);
        statement.setBytes(3, endHash);
        statement.setLong(4, size);
        statement.setBytes(5, packed);
    }

    /**
     * The segment.
     *
     * @throws SegmentBytes.Unreadable when the row is not as it was written
     */
    Segment unpacked() throws SegmentBytes.Unreadable {
        Segment segment = SegmentBytes.read(SegmentBytes.unpacked(packed, size));
        if (segment.first() != first
                || segment.last() != last
                || !Arrays.equals(segment.endHash(), endHash)) {
            throw new SegmentBytes.Unreadable("it is of another stretch");
        }
        return segment;
    }

    /**
     * The segment, of a store that is to be trusted.
     *
     * @param database the store's
     * @throws dev.stele.domain.port.StoreException.Damaged when the row is not as it was written
     */
    Segment unpacked(LogDatabase database) {
        try {
            return unpacked();
        } catch (SegmentBytes.Unreadable e) {
            throw database.damaged(fault(e), e);
        }
    }

    /** Stands for all that the row holds, in hexadecimal. */
    String digest() {
        MessageDigest sha256 = HashChain.sha256();
        sha256.update(
                ByteBuffer.allocate(3 * Long.BYTES)
                        .putLong(first)
                        .putLong(last)
                        .putLong(size)
                        .array());
        sha256.update(endHash);
        return LogCheck.hex(sha256.digest(packed));
    }

    /** What is wrong with it, as a clause. */
    String fault(SegmentBytes.Unreadable why) {
        return "the packed events from "
                + first
                + " to "
                + last
                + " are not as they were written ("
                + why.getMessage()
                + ")";
    }
}
