package dev.stele.domain.decide;

import dev.stele.domain.command.DeciderError;
import dev.stele.domain.event.OrchestrationEvent;
import java.util.List;

/** What the decider makes of a command: facts or a refusal. */
public sealed interface Decision {

    /**
     * Accepted.
     *
     * @param events the facts in order; empty when nothing has to change
     */
    record Accepted(List<OrchestrationEvent> events) implements Decision {
        /** Makes the list immutable. */
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /**
     * Refused.
     *
     * @param error why
     */
    record Rejected(DeciderError error) implements Decision {}

    /**
     * {@return an acceptance with these facts}
     *
     * @param events the facts, in order
     */
    static Decision accept(OrchestrationEvent... events) {
        return new Accepted(List.of(events));
    }

    /**
     * {@return a refusal for this reason}
     *
     * @param error why
     */
    static Decision reject(DeciderError error) {
        return new Rejected(error);
    }
}
