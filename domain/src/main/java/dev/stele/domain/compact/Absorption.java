package dev.stele.domain.compact;

import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of the log whose fact is not kept by itself any more. The state at such a place is not
 * known; what the log has is the state with all that was merged.
 *
 * @param sequence the place
 * @param into the place of the fact that says what it said, together with others; 0 when it was
 *     removed
 */
public record Absorption(long sequence, long into) {

    /**
     * {@return what became of the fact at a place, or null when it is kept}
     *
     * @param store the log
     * @param sequence the place, from 1 to the log's end
     */
    public static @Nullable Absorption at(EventStore store, long sequence) {
        List<StoredEvent> facts = store.read(sequence - 1, 1);
        return !facts.isEmpty() && facts.getFirst().event() instanceof AbsorbedEvent(var into)
                ? new Absorption(sequence, into)
                : null;
    }
}
