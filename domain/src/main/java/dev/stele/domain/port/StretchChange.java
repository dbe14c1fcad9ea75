package dev.stele.domain.port;

import dev.stele.domain.event.OrchestrationEvent;
import java.util.Map;

/**
 * What is to take the place of a closed stretch of the log.
 *
 * @param first the place of its first fact
 * @param last the place of its last fact
 * @param changed the facts that are others than before, by their places; {@link
 *     OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent} where there is none any more. All other
 *     facts of the stretch stay as they are
 */
public record StretchChange(long first, long last, Map<Long, OrchestrationEvent> changed) {

    /**
     * Makes the map immutable: {@link IllegalArgumentException} when there is no such stretch, or a
     * place is not in it.
     */
    public StretchChange {
        changed = Map.copyOf(changed);
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("no stretch goes from " + first + " to " + last);
        }
        for (long place : changed.keySet()) {
            if (place < first || place > last) {
                throw new IllegalArgumentException(
                        place + " is not between " + first + " and " + last);
            }
        }
    }
}
