package dev.stele.domain.compact;

import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventFeed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of a compacted log at which the state is not known exactly any more. The nearest one that
 * is holds messages with all that was merged, also what was said after the place.
 *
 * @param sequence the place
 * @param into the place of the fact that holds what stood here or later, together with others; 0
 *     when what stood here was removed
 * @param until the last place whose words are in the nearest state, too; the place itself when what
 *     stood here was removed
 */
public record Absorption(long sequence, long into, long until) {

    /** What is merged lies within one stretch, and none is longer. */
    private static final int LONGEST_STRETCH = 4_096;

    /**
     * {@return how the state at a place differs from that which was there, or null when it does
     * not} Costs the reading of a few thousand facts.
     *
     * @param log where it is looked for
     * @param sequence the place, from 1 to the log's end
     */
    public static @Nullable Absorption at(EventFeed log, long sequence) {
        Absorption found = null;
        long place = sequence - 1;
        long end = sequence + LONGEST_STRETCH;
        List<StoredEvent> facts = page(log, place, end);
        while (!facts.isEmpty()) {
            for (StoredEvent fact : facts) {
                place = fact.sequence();
                if (fact.event() instanceof AbsorbedEvent(var into)
                        && isMissed(sequence, place, into)) {
                    found = new Absorption(sequence, into, place);
                }
            }
            facts = page(log, place, end);
        }
        return found;
    }

    private static List<StoredEvent> page(EventFeed log, long place, long end) {
        return place >= end ? List.of() : log.page(place, (int) (end - place));
    }

    /** A place that was removed, or a later one whose words stand at the place or before it. */
    private static boolean isMissed(long sequence, long place, long into) {
        return place == sequence ? into == 0 : into > 0 && into <= sequence;
    }
}
