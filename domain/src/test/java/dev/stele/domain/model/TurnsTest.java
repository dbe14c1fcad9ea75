package dev.stele.domain.model;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.TurnId;
import dev.stele.domain.decide.Spec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static Turns of(Spec spec) {
        return spec.model().turns();
    }

    @Test
    void a_turn_whose_agent_may_speak_stands_apart_until_it_is_over() {
        assertThat(of(running()).live().keySet()).containsExactly(TURN);
        assertThat(of(draining()).live().keySet()).containsExactly(TURN);
        assertThat(of(draining().and(says(done()))).live()).isEmpty();
        assertThat(of(running().and(says(done()))).over().keySet()).containsExactly(TURN);
    }

    @Test
    void a_turn_is_found_wherever_it_stands() {
        Turns turns = of(afterATurn().and(start(SECOND_TURN)));

        for (TurnId id : List.of(TURN, SECOND_TURN)) {
            assertThat(turns.contains(id)).isTrue();
            assertThat(turns.find(id)).isNotNull().extracting(Turn::id).isEqualTo(id);
        }
        assertThat(turns.values().map(Turn::id)).containsExactlyInAnyOrder(TURN, SECOND_TURN);
        assertThat(turns.size()).isEqualTo(2);
        assertThat(turns.find(THIRD_TURN)).isNull();
        assertThat(turns.contains(THIRD_TURN)).isFalse();
    }

    @Test
    void a_turn_is_replaced_and_never_doubled_whichever_way_it_goes() {
        Turn live = running().turn(TURN);
        Turn over = running().and(says(done())).turn(TURN);

        for (Turn first : List.of(live, over)) {
            for (Turn second : List.of(live, over)) {
                Turns turns = Turns.NONE.plus(first).plus(second);

                assertThat(turns.size()).isEqualTo(1);
                assertThat(turns.find(TURN)).isEqualTo(second);
                assertThat(turns).isEqualTo(Turns.NONE.plus(second));
            }
        }
    }

    @Test
    void turns_are_taken_out_wherever_they_stand() {
        Turns turns = of(afterATurn().and(start(SECOND_TURN)));

        assertThat(turns.minusAll(List.of(TURN, SECOND_TURN, THIRD_TURN))).isEqualTo(Turns.NONE);
        assertThat(turns.minusAll(List.of(SECOND_TURN)).values().map(Turn::id))
                .containsExactly(TURN);
    }
}
