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
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the chain of hashes, and behind an event that does not fit goes on with the next whole
 * hash that the log tells. The events between them cannot be proved; they are looked at one by one.
 * For one thread, and once.
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
            follow(LogCheck.all(database, connection), progress, visitor);
        } catch (SQLException e) {
            if (!database.isDamage(e)) {
                throw e;
            }
            long place = faults.isEmpty() ? 1 : faults.lastKey() + 1;
            wrongEnd = new Fault(place, "it cannot be read: " + e.getMessage(), false);
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

    /** The places among the newest events whose events are not those that were written there. */
    Collection<Fault> newest() throws SQLException {
        long seal = HashChain.lastSeal(head.sequence());
        while (!followFrom(seal)) {
            faults.clear();
            if (head.sequence() - seal > LONGEST) {
                tooMuchIsLost(seal);
                return List.of();
            }
            seal = HashChain.lastSeal(seal - 1);
        }
        return faults.values();
    }

    /** False when that hash is none, or the first event after it does not fit to it. */
    private boolean followFrom(long seal) throws SQLException {
        LogCheck check = LogCheck.from(database, connection, seal);
        if (check != null) {
            this.<RuntimeException>follow(check, LogProgress.SILENT, _ -> {});
        }
        return seal == 0 || (check != null && !faults.containsKey(seal + 1));
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
        if (!faults.containsKey(place - 1) || !HashChain.isSealed(place - 1)) {
            lost(place, broken.why(), visitor);
        }
        long seal = HashChain.lastSeal(place + HashChain.SEAL_EVERY - 1);
        LogCheck rest = LogCheck.from(database, connection, seal);
        while (rest == null && seal < head.sequence()) {
            if (seal - place > LONGEST) {
                tooMuchIsLost(place);
                return null;
            }
            seal += HashChain.SEAL_EVERY;
            rest = LogCheck.from(database, connection, seal);
        }
        passOver(place, Math.min(seal, head.sequence()), visitor);
        return rest;
    }

    private void tooMuchIsLost(long place) {
        String why = "more than " + LONGEST + " events in a row cannot be proved";
        wrongEnd = new Fault(place, why, false);
    }

    private <X extends Exception> void lost(long place, String why, Visitor<X> visitor) throws X {
        faults.put(place, new Fault(place, why, accepted.contains(place)));
        visitor.lost(place, why);
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
            if (!faults.containsKey(place)) {
                lost(place, "the event " + place + " is missing", visitor);
            }
        }
        return Math.max(first, end);
    }

    private <X extends Exception> void lookAt(long place, ResultSet row, Visitor<X> visitor)
            throws SQLException, X {
        if (faults.containsKey(place)) {
            return;
        }
        EventType type = types.type(row.getInt(2));
        if (type == null) {
            lost(place, "the event " + place + " has no type", visitor);
            return;
        }
        byte[] payload = Columns.bytes(row, 4);
        try {
            format.events().event(type, payload);
        } catch (MalformedJson e) {
            lost(place, "the event " + place + " is no " + type.name(), visitor);
            return;
        }
        visitor.unproved(new LogRow(place, type, row.getLong(3), payload, Columns.bytes(row, 5)));
    }
}
