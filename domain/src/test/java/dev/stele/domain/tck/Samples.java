package dev.stele.domain.tck;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn;
import dev.stele.domain.event.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of every kind that stands in the log or comes through a door: at least one of each record,
 * and each optional field both with and without a value. Always the same, in the same order.
 */
public final class Samples {

    /** The time at which the samples happen; others lie after it. */
    public static final Instant AT = Instant.parse("2026-03-01T09:30:00.125Z");

    /**
     * Text that bad encodings lose: quotes, control characters, NUL, what lies outside the basic
     * plane, the replacement character, right-to-left and combining characters.
     */
    public static final String ODD_TEXT =
            "\"quoted\" \\ back/slash\t\r\n\0\u0001\u001f\u007f\u0085\u2028\u2029\ufeff "
                    + "😀👩‍👩‍👧 \ufffd \u202eעברית العربية\u202c e\u0301 ﷽ 𝒳 \udbff\udfff end";

    private Samples() {}

    /** {@return every kind of event that is stored} */
    public static List<OrchestrationEvent> events() {
        return SampleEvents.all();
    }

    /** {@return every kind of event that stands in for another, and is never stored} */
    public static List<StandIn> standIns() {
        return SampleEvents.standIns();
    }

    /** {@return every kind of command, reports too} */
    public static List<OrchestrationCommand> commands() {
        return SampleCommands.all();
    }

    /** {@return every kind of provider event} */
    public static List<ProviderEvent> providerEvents() {
        return SampleProviderEvents.all();
    }

    /** {@return every kind of message content} */
    public static List<MessageContent> contents() {
        return SampleContents.all();
    }

    /** {@return every kind of refusal} */
    public static List<DeciderError> errors() {
        return SampleErrors.all();
    }

    /**
     * {@return logs that make sense from their first event on, and together fill every part of a
     * model}
     */
    public static List<List<OrchestrationEvent>> histories() {
        return SampleHistories.all();
    }

    /**
     * {@return events with the places and times that a store would give them, from sequence 1 on}
     *
     * @param events a log from its first event on
     */
    public static List<StoredEvent> stored(List<OrchestrationEvent> events) {
        var stored = new ArrayList<StoredEvent>(events.size());
        for (OrchestrationEvent event : events) {
            long sequence = stored.size() + 1L;
            stored.add(new StoredEvent(sequence, event, AT.plusMillis(sequence)));
        }
        return List.copyOf(stored);
    }
}
