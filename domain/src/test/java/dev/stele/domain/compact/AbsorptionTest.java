package dev.stele.domain.compact;

import static dev.stele.domain.tck.SampleTalk.beginning;
import static dev.stele.domain.tck.SampleTalk.pieces;
import static dev.stele.domain.tck.SampleTalk.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.tck.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where the state at a place is not the one that was there any more. */
class AbsorptionTest {

    /** The answer of the first turn stands at 5, its pieces up to 9; that of the second at 14. */
    private static List<StoredEvent> log() {
        var facts = new ArrayList<OrchestrationEvent>(beginning());
        facts.addAll(turn(1, pieces(5)));
        facts.addAll(turn(2, pieces(3)));
        return Samples.stored(facts);
    }

    private static EventFeed compacted(Map<Long, OrchestrationEvent> more) {
        List<StoredEvent> facts = log();
        Map<Long, OrchestrationEvent> changed = new HashMap<>(Merging.of(facts, Set.of()));
        changed.putAll(more);
        return new Pages(facts.stream().map(fact -> Proof.instead(fact, changed)).toList());
    }

    /** A log that is read in pages of three. */
    private record Pages(List<StoredEvent> facts) implements EventFeed {
        @Override
        public OrchestrationReadModel model() {
            throw new UnsupportedOperationException("only pages are read");
        }

        @Override
        public EventSubscription subscribe(long afterSequence) {
            throw new UnsupportedOperationException("only pages are read");
        }

        @Override
        public List<StoredEvent> page(long afterSequence, int limit) {
            int first = (int) Math.min(facts.size(), afterSequence);
            return facts.subList(first, Math.min(facts.size(), first + Math.min(3, limit)));
        }
    }

    @Test
    void a_place_within_a_merged_message_has_the_state_at_its_end() {
        EventFeed log = compacted(Map.of());

        assertThat(Absorption.at(log, 5)).isEqualTo(new Absorption(5, 5, 9));
        assertThat(Absorption.at(log, 7)).isEqualTo(new Absorption(7, 5, 9));
        assertThat(Absorption.at(log, 14)).isEqualTo(new Absorption(14, 14, 16));
    }

    @Test
    void places_before_and_behind_a_merged_message_have_their_own() {
        EventFeed log = compacted(Map.of());

        for (long place : new long[] {1, 4, 9, 10, 13, 16, 18}) {
            assertThat(Absorption.at(log, place)).as("at " + place).isNull();
        }
    }

    @Test
    void a_log_that_was_not_compacted_has_every_state() {
        var log = new Pages(log());

        assertThat(Absorption.at(log, 7)).isNull();
    }

    /** Two agents may speak at the same time. */
    @Test
    void a_fact_between_the_pieces_of_another_message_has_the_state_at_the_end_of_that() {
        EventFeed log = compacted(Map.of(7L, log().get(10).event()));

        assertThat(Absorption.at(log, 7)).isEqualTo(new Absorption(7, 5, 9));
    }

    @Test
    void a_place_whose_fact_was_dropped_is_told_too() {
        EventFeed log = compacted(Map.of(12L, new AbsorbedEvent(0)));

        assertThat(Absorption.at(log, 12)).isEqualTo(new Absorption(12, 0, 12));
        assertThat(Absorption.at(log, 11)).isNull();
    }
}
