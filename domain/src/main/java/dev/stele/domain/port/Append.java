package dev.stele.domain.port;

import dev.stele.domain.event.OrchestrationEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one drain of the mailbox adds to the log, in one transaction.
 *
 * @param expectedHead the sequence that it was decided on
 * @param storedAt the time of storing, cut to milliseconds
 * @param entries the commands in their order
 */
public record Append(long expectedHead, Instant storedAt, List<Entry> entries) {

    /** Makes the list immutable and cuts the time. */
    public Append {
        storedAt = storedAt.truncatedTo(ChronoUnit.MILLIS);
        entries = List.copyOf(entries);
    }

    /** {@return how many facts it adds} */
    public int eventCount() {
        return entries.stream().mapToInt(entry -> entry.events().size()).sum();
    }

    /**
     * What one command adds.
     *
     * @param events its facts in order; empty for a refusal, or when nothing had to change
     * @param receipt its receipt, or null when it leaves none
     * @param mark its provider mark, or null when it has none
     */
    public record Entry(
            List<OrchestrationEvent> events,
            @Nullable Receipt receipt,
            @Nullable ProviderMark mark) {
        /** Makes the list immutable. */
        public Entry {
            events = List.copyOf(events);
        }
    }
}
