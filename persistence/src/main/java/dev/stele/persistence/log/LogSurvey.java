package dev.stele.persistence.log;

import dev.stele.domain.port.Codec.MalformedJson;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Sound;
import dev.stele.persistence.json.EventFormat.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Follows the chain of hashes, and behind an event that does not fit goes on with the next whole
 * hash that the log tells: beside an event, or at the end of a segment. The events between them
 * cannot be proved; they are looked at one by one. A segment that is not as it was written is lost
 * as a whole. For one thread, and once.
 */
public final class LogSurvey {

    /** What is lost beyond this is no loss of some events, but of the log. */
    private static final int LONGEST = 100_000;

    private final LogDatabase database;
    private final Connection connection;
    private final LogFormat format;
    private final EventTypes types;
    private final LogHead head;
    private final Set<Long> accepted;
    private final TreeMap<Long, Fault> faults = new TreeMap<>();
    private final Vouching vouching = new Vouching();
    private @Nullable Fault wrongEnd;

    /**
     * A survey.
     *
     * @param database the store's
     * @param connection one that looks at one state of the log
     * @param format of what is in it
     */
    public LogSurvey(LogDatabase database, Connection connection, LogFormat format)
            throws SQLException {
        this.database = database;
        this.connection = connection;
        this.format = format;
        this.types = EventTypes.load(database, connection);
        this.head = LogCheck.head(database, connection);
        this.accepted = AcceptedLosses.of(database, connection, format);
    }

    /**
     * Gets what the log holds, in order.
     *
     * @param <X> what keeps it from taking it
     */
    public interface Visitor<X extends Exception> extends LogCheck.Visitor<X> {

        /** Takes an event that cannot be proved; of its hash there is what its row tells. */
        default void unproved(LogRow row) throws X {}

        /** Takes a place whose event is not the one that was written there. */
        default void lost(long sequence, String why) throws X {}
    }

    /** The places whose loss was accepted. */
    Set<Long> accepted() {
        return accepted;
    }

    /** What keeps the log from being gone on with, as a clause, or null. */
    @Nullable String whatIsWrongAtTheEnd() {
        return wrongEnd == null ? null : wrongEnd.why();
    }

    /**
     * Follows the whole log. Costs its length.
     *
     * @param progress hears how far it is
     * @param visitor gets what it holds
     */
    public <X extends Exception> LogVerification all(LogProgress progress, Visitor<X> visitor)
            throws SQLException, X {
        try {
            follow(LogCheck.all(database, connection), progress, new Seeing<>(visitor));
            if (wrongEnd == null) {
                vouching.faults(database, connection).forEach(this::addUnvouched);
            }
        } catch (SQLException e) {
            if (!database.isDamage(e)) {
                throw e;
            }
            long place = faults.isEmpty() ? 1 : faults.lastEntry().getValue().last() + 1;
            wrongEnd = new Fault(place, "it cannot be read: " + database.words(e), false);
        }
        return verdict();
    }

    private LogVerification verdict() {
        var all = new ArrayList<>(faults.values());
        if (wrongEnd != null) {
            all.add(wrongEnd);
        }
        return all.stream()
                .filter(fault -> !fault.accepted())
                .findFirst()
                .<LogVerification>map(
                        first -> new Broken(first.sequence(), first.why(), List.copyOf(all)))
                .orElseGet(() -> all.isEmpty() ? new Sound(head) : new Lossy(head, all));
    }

    /** Shows what is proved to who holds it against the segments. */
    private final class Seeing<X extends Exception> implements Visitor<X> {
        private final Visitor<X> visitor;

        Seeing(Visitor<X> visitor) {
            this.visitor = visitor;
        }

        @Override
        public void visit(LogRow row) throws X {
            vouching.saw(row.type(), row.payload());
            visitor.visit(row);
        }

        @Override
        public void visit(Segment segment) throws X {
            vouching.saw(segment);
            visitor.visit(segment);
        }

        @Override
        public void unproved(LogRow row) throws X {
            visitor.unproved(row);
        }

        @Override
        public void lost(long sequence, String why) throws X {
            visitor.lost(sequence, why);
        }
    }

    /** What is lost behind a segment may be what told of it; then nothing can be said. */
    private void addUnvouched(Fault segment) {
        Map.Entry<Long, Fault> last = faults.lastEntry();
        if (last == null || last.getValue().last() <= segment.last()) {
            add(segment.sequence(), segment.last(), segment.why());
        }
    }

    /** The places among the newest events whose events are not those that were written there. */
    Collection<Fault> newest() throws SQLException {
        long begin = LogCheck.lastTold(database, connection, head.sequence());
        while (!followFrom(begin)) {
            faults.clear();
            if (head.sequence() - begin > LONGEST) {
                tooMuchIsLost(begin);
                return List.of();
            }
            begin = LogCheck.lastTold(database, connection, begin - 1);
        }
        return faults.values();
    }

    /** False when there is no hash, or the first event after it does not fit to it. */
    private boolean followFrom(long begin) throws SQLException {
        LogCheck check = LogCheck.from(database, connection, begin);
        if (check != null) {
            this.<RuntimeException>follow(check, LogProgress.SILENT, _ -> {});
        }
        return begin == 0 || (check != null && !faults.containsKey(begin + 1));
    }

    private <X extends Exception> void follow(
            LogCheck check, LogProgress progress, Visitor<X> visitor) throws SQLException, X {
        LogCheck rest = check;
        while (rest != null && rest.follow(progress, visitor) instanceof Broken broken) {
            if (rest.isAtTheEnd()) {
                wrongEnd = new Fault(broken.sequence(), broken.why(), false);
                return;
            }
            rest = goOnBehind(broken, visitor);
        }
    }

    /** What follows the chain behind an event that does not fit; null when no hash is left. */
    private <X extends Exception> @Nullable LogCheck goOnBehind(Broken broken, Visitor<X> visitor)
            throws SQLException, X {
        long place = broken.sequence();
        if (!isReplaced(place) && !(isLost(place - 1) && isTold(place - 1))) {
            lost(place, place, broken.why(), visitor);
        }
        LogCheck rest = null;
        long next = place;
        while (rest == null && next <= head.sequence()) {
            if (next - place > LONGEST) {
                tooMuchIsLost(place);
                return null;
            }
            PackedSegment segment = PackedSegment.from(database, connection, next);
            long seal = HashChain.nextSeal(next);
            if (segment == null || segment.first() > Math.min(seal, head.sequence())) {
                passOver(next, Math.min(seal, head.sequence()), visitor);
                rest = LogCheck.from(database, connection, seal);
                next = seal + 1;
            } else {
                passOver(next, segment.first() - 1, visitor);
                long last = takeIn(segment, Math.max(next, segment.first()), visitor);
                rest = LogCheck.from(database, connection, last);
                next = last + 1;
            }
        }
        return rest;
    }

    /** Whether a place has no row, and a segment in its stead. */
    private boolean isReplaced(long place) throws SQLException {
        return PackedSegment.holding(database, connection, place) != null
                && firstRow(place) != place;
    }

    /** The place of the first row from a place on, or behind the log's end. */
    private long firstRow(long place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(database.sql().events)) {
            select.setLong(1, place - 1);
            select.setInt(2, 1);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : head.sequence() + 1;
            }
        }
    }

    /** Whether the hash at a place is told by what is there. */
    private boolean isTold(long place) throws SQLException {
        return LogCheck.lastTold(database, connection, place) == place;
    }

    private boolean isLost(long place) {
        Map.Entry<Long, Fault> before = faults.floorEntry(place);
        return before != null && before.getValue().last() >= place;
    }

    /** Takes a segment in from a place on, or tells that it is lost; gives its last place. */
    private <X extends Exception> long takeIn(PackedSegment packed, long from, Visitor<X> visitor)
            throws SQLException, X {
        String why;
        try {
            Segment segment = packed.unpacked();
            if (from == packed.first() && !isLost(from)) {
                visitor.visit(segment);
                return packed.last();
            }
            why = "its place is in the packed events from " + packed.first() + " on, too";
        } catch (SegmentBytes.Unreadable e) {
            why = packed.fault(e);
        }
        long first = isLost(from) ? from + 1 : from;
        long last = Math.min(packed.last(), Math.max(first, firstRow(first) - 1));
        if (first <= last) {
            lost(first, last, why, visitor);
        }
        return last;
    }

    private void tooMuchIsLost(long place) {
        String why = "more than " + LONGEST + " events in a row cannot be proved";
        wrongEnd = new Fault(place, why, false);
    }

    private <X extends Exception> void lost(long first, long last, String why, Visitor<X> visitor)
            throws X {
        add(first, last, why);
        for (long place = first; place <= last; place++) {
            visitor.lost(place, why);
        }
    }

    private void add(long first, long last, String why) {
        boolean all = LongStream.rangeClosed(first, last).allMatch(accepted::contains);
        faults.put(first, new Fault(first, last, why, all));
    }

    /** Looks at events that cannot be proved: there may be none, or what is no event. */
    private <X extends Exception> void passOver(long first, long last, Visitor<X> visitor)
            throws SQLException, X {
        long next = first;
        try (PreparedStatement select = connection.prepareStatement(database.sql().chain)) {
            select.setLong(1, first - 1);
            try (ResultSet rows = select.executeQuery()) {
                while (next <= last && rows.next()) {
                    if (rows.getLong(1) < next) {
                        throw database.damaged("its events are not in their order", null);
                    }
                    next = missing(next, Math.min(rows.getLong(1), last + 1), visitor);
                    if (next <= last) {
                        lookAt(next, rows, visitor);
                        next++;
                    }
                }
            }
        }
        missing(next, last + 1, visitor);
    }

    private <X extends Exception> long missing(long first, long end, Visitor<X> visitor) throws X {
        for (long place = first; place < end; place++) {
            if (!isLost(place)) {
                lost(place, place, "the event " + place + " is missing", visitor);
            }
        }
        return Math.max(first, end);
    }

    private <X extends Exception> void lookAt(long place, ResultSet row, Visitor<X> visitor)
            throws SQLException, X {
        if (isLost(place)) {
            return;
        }
        EventType type = types.type(row.getInt(2));
        if (type == null) {
            lost(place, place, "the event " + place + " has no type", visitor);
            return;
        }
        byte[] payload = Columns.bytes(row, 4);
        try {
            format.events().event(type, payload);
        } catch (MalformedJson e) {
            lost(place, place, "the event " + place + " is no " + type.name(), visitor);
            return;
        }
        visitor.unproved(new LogRow(place, type, row.getLong(3), payload, Columns.bytes(row, 5)));
    }
}
