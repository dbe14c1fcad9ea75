package dev.stele.domain.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A fact with its place in the log.
 *
 * @param sequence its place, from 1, without gaps
 * @param event the fact
 * @param storedAt when it was stored, cut to milliseconds
 */
public record StoredEvent(long sequence, OrchestrationEvent event, Instant storedAt) {

    /** Cuts the time; {@link IllegalArgumentException} for a sequence below 1. */
    public StoredEvent {
        if (sequence < 1) {
            throw new IllegalArgumentException("a sequence starts at 1, not " + sequence);
        }
        storedAt = storedAt.truncatedTo(ChronoUnit.MILLIS);
    }
}
