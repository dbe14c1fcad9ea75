package dev.stele.persistence.log;

import dev.stele.domain.port.LogStats.Replaced;
import dev.stele.domain.port.LogStats.TypeStats;
import dev.stele.persistence.json.EventFormat;
import dev.stele.persistence.json.EventFormat.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what is in the segments of a store. For one thread, and used once. */
final class SegmentCounting {

    /** So many events tell what packing saves. */
    private static final int SAMPLE = 1_000;

    private final LogDatabase database;
    private final Connection connection;
    private final Map<EventType, long[]> types = new HashMap<>();
    private @Nullable Instant oldest;
    private long stretches;
    private long events;
    private long absorbed;
    private long bytes;
    private long rowBytes;

    /**
     * The counts of one state of a store.
     *
     * @param database the store's
     * @param connection looks at it
     * @param unknown takes in the segments, too
     */
    SegmentCounting(LogDatabase database, Connection connection, UnknownCounting unknown)
            throws SQLException {
        this.database = database;
        this.connection = connection;
        try (PreparedStatement select = connection.prepareStatement(database.sql().segment)) {
            PackedSegment segment = PackedSegment.from(select, 1);
            while (segment != null) {
                Segment unpacked = segment.unpacked(database);
                unknown.saw(unpacked);
                count(unpacked, segment.packed().length);
                segment = PackedSegment.from(select, segment.last() + 1);
            }
        }
    }

    private void count(Segment segment, long packed) {
        stretches++;
        events += segment.entries().size();
        bytes += packed;
        if (oldest == null) {
            oldest = Instant.ofEpochMilli(segment.entries().getFirst().storedAt());
        }
        for (SegmentEntry entry : segment.entries()) {
            switch (entry) {
                case SegmentEntry.Kept(_, _, var type, var payload) -> {
                    long[] counts = types.computeIfAbsent(type, _ -> new long[2]);
                    counts[0]++;
                    counts[1] += payload.length;
                }
                case SegmentEntry.Absorbed _ -> absorbed++;
            }
        }
    }

    /** When the first fact was stored, in a segment or in a row. */
    @Nullable Instant oldest(@Nullable Instant inRows) {
        Instant first = oldest;
        return first == null || (inRows != null && inRows.isBefore(first)) ? inRows : first;
    }

    /** The counts of all types, the most bytes first. */
    List<TypeStats> types(Map<EventType, long[]> inRows, EventFormat format) {
        inRows.forEach((type, counts) -> {
            rowBytes += counts[1] + counts[0] * LogRewriter.ROW_BYTES;
            long[] sums = types.computeIfAbsent(type, _ -> new long[2]);
            sums[0] += counts[0];
            sums[1] += counts[1];
        });
        List<TypeStats> all = new ArrayList<>();
        types.forEach((type, sums) ->
                all.add(
                        new TypeStats(
                                type.name(),
                                type.version(),
                                sums[0],
                                sums[1],
                                format.knows(type))));
        all.sort(
                Comparator.comparingLong(TypeStats::bytes)
                        .reversed()
                        .thenComparing(TypeStats::name)
                        .thenComparingInt(TypeStats::version));
        return all;
    }

    /** What was replaced, and a guess at what could be. */
    Replaced replaced() throws SQLException {
        return new Replaced(stretches, events, absorbed, bytes, saving());
    }

    /** As much as packing the first events in rows saves, for all of them. */
    private long saving() throws SQLException {
        List<SegmentEntry> sample = new ArrayList<>();
        long sampled = 0;
        EventTypes names = EventTypes.load(database, connection);
        try (PreparedStatement select = connection.prepareStatement(database.sql().events)) {
            select.setLong(1, 0);
            select.setInt(2, SAMPLE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    EventType type = names.type(rows.getInt(2));
                    byte[] payload = Columns.bytes(rows, 4);
                    if (type != null) {
                        sample.add(
                                new SegmentEntry.Kept(
                                        sample.size() + 1L, rows.getLong(3), type, payload));
                        sampled += payload.length + LogRewriter.ROW_BYTES;
                    }
                }
            }
        }
        if (sample.isEmpty()) {
            return 0;
        }
        var segment = new Segment(1, sample.size(), HashChain.beginning(), sample);
        long packed = PackedSegment.of(segment).packed().length;
        return (long) ((double) rowBytes * Math.max(0, sampled - packed) / sampled);
    }
}
