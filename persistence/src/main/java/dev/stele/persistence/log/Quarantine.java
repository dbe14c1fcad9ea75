package dev.stele.persistence.log;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The places of a log whose events are not given out, although they may look well: they are not
 * what was written there, or their loss was accepted, and what is lost stays so. Thread-safe.
 */
public final class Quarantine {

    private static final String ACCEPTED = "its loss was accepted";

    private final Set<Long> accepted = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<Long, String> reasons = new ConcurrentHashMap<>();

    /**
     * Adds the places among the newest events, which are checked here, and those of accepted
     * losses. Costs the same for any log, unless something of it was lost.
     *
     * @param database the store's
     * @param format of what is in it
     * @throws StoreException.Damaged when the log does not end as it says
     */
    public void inspect(LogDatabase database, LogFormat format) throws SQLException {
        try (Connection connection = database.looking()) {
            var survey = new LogSurvey(database, connection, format);
            survey.newest().forEach(this::found);
            survey.accepted().forEach(this::accept);
            String wrongEnd = survey.whatIsWrongAtTheEnd();
            if (wrongEnd != null) {
                throw database.damaged(wrongEnd, null);
            }
        }
    }

    private void accept(long sequence) {
        accepted.add(sequence);
        reasons.putIfAbsent(sequence, ACCEPTED);
    }

    /** Why the event at a place is not given out, or null. */
    @Nullable String why(long sequence) {
        return reasons.isEmpty() ? null : reasons.get(sequence);
    }

    private void found(Fault fault) {
        for (long place = fault.sequence(); place <= fault.last(); place++) {
            found(place, fault.why());
        }
    }

    /** Hears of a place whose event turned out to be none. */
    void found(long sequence, String why) {
        reasons.putIfAbsent(sequence, why);
    }

    /** Hears of events that were stored. */
    public void stored(OrchestrationEvent event) {
        if (event instanceof LogLossAccepted(var sequences, _, _)) {
            sequences.forEach(this::accept);
        }
    }

    /** Whether up to some place events are known to be lost, and their loss is not accepted. */
    boolean hasLossUpTo(long sequence) {
        return reasons.keySet().stream()
                .anyMatch(place -> place <= sequence && !accepted.contains(place));
    }
}
