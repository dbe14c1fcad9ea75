package dev.stele.persistence.log;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogCompacted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.TextErased;
import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.persistence.json.EventFormat;
import dev.stele.persistence.json.EventFormat.EventType;
import dev.stele.persistence.json.JsonCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the segments of a log against the facts that tell of them: the newest one about a segment's
 * stretch has to tell its digest. For one thread, and used once.
 */
final class Vouching {

    private static final EventFormat FORMAT = new EventFormat(new JsonCodec());

    private final List<Stretch> segments = new ArrayList<>();
    private final List<Stretch> told = new ArrayList<>();

    /** A stretch with a digest of what took its place. */
    private record Stretch(long first, long last, String digest) {

        boolean overlaps(Stretch other) {
            return first <= other.last && other.first <= last;
        }
    }

    /** Whether a fact tells that something with this digest takes the place of a stretch. */
    static boolean tells(EventType type, byte[] payload, String digest) {
        var vouching = new Vouching();
        vouching.saw(type, payload);
        return vouching.told.stream().anyMatch(stretch -> stretch.digest.equals(digest));
    }

    /** Takes a segment in, and the facts that are in it. */
    void saw(Segment segment) {
        segments.add(new Stretch(segment.first(), segment.last(), segment.digest()));
        for (SegmentEntry entry : segment.entries()) {
            if (entry instanceof SegmentEntry.Kept(_, _, var type, var payload)) {
                saw(type, payload);
            }
        }
    }

    /** Takes a fact in that may tell of a segment. */
    void saw(EventType type, byte[] payload) {
        switch (event(type, payload)) {
            case LogCompacted e -> told.add(new Stretch(e.first(), e.last(), e.digest()));
            case TextErased e -> told.add(new Stretch(e.first(), e.last(), e.digest()));
            case null -> {}
            case OrchestrationEvent _ -> {}
        }
    }

    private static @Nullable OrchestrationEvent event(EventType type, byte[] payload) {
        boolean tells = type.name().equals("LogCompacted") || type.name().equals("TextErased");
        try {
            return tells ? FORMAT.event(type, payload) : null;
        } catch (MalformedJson _) {
            return null; // it tells of nothing
        }
    }

    /**
     * The segments that are not those which the log tells of.
     *
     * @param database the store's
     * @param connection one that looks at the same state of the log
     */
    List<Fault> faults(LogDatabase database, Connection connection) throws SQLException {
        Set<String> prepared = prepared(database, connection);
        return segments.stream()
                .filter(segment -> !segment.equals(newest(segment, prepared)))
                .map(Vouching::fault)
                .toList();
    }

    private @Nullable Stretch newest(Stretch segment, Set<String> prepared) {
        Stretch newest = null;
        for (Stretch fact : told) {
            boolean isInPlace = fact.equals(segment) || !prepared.contains(fact.digest);
            if (fact.overlaps(segment) && isInPlace) {
                newest = fact;
            }
        }
        return newest;
    }

    private static Fault fault(Stretch segment) {
        return new Fault(
                segment.first,
                segment.last,
                "the packed events from "
                        + segment.first
                        + " to "
                        + segment.last
                        + " are not those that the log tells of",
                false);
    }

    /** What the log may tell of already although it is not in its place yet. */
    private static Set<String> prepared(LogDatabase database, Connection connection)
            throws SQLException {
        Set<String> digests = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(database.sql().prepared);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                digests.add(Columns.text(rows, 6));
            }
        }
        return digests;
    }
}
