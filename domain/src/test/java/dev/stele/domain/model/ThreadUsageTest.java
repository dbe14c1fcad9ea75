package dev.stele.domain.model;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TokenUsage.Cost;
import dev.stele.contracts.TurnId;
import dev.stele.domain.decide.Spec;
import dev.stele.domain.model.ThreadUsage.TurnUsage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThreadUsageTest {

    private static TokenUsage tokens(@Nullable Long input, @Nullable Long output) {
        return new TokenUsage(input, output, null, null, null, null, null, null, null);
    }

    private static TokenUsage session(long used, @Nullable Cost cost) {
        return new TokenUsage(null, null, null, null, null, null, used, 1_000L, cost);
    }

    private static Cost dollars(double amount) {
        return new Cost(amount, "USD");
    }

    /** A turn that uses tokens, during which the agent tells of its session. */
    private static Spec after(
            Spec before, TurnId turn, TokenUsage told, @Nullable TokenUsage used) {
        return before.and(start(turn))
                .and(says(turn, new ProviderEvent.UsageUpdate(told)))
                .and(
                        says(
                                turn,
                                new ProviderEvent.TurnComplete(
                                        StopReason.END_TURN, null, null, used)));
    }

    private static ThreadUsage usage(Spec state) {
        ChatThread thread = Objects.requireNonNull(state.model().thread(THREAD));
        return ThreadUsage.of(thread, state.model());
    }

    private static TokenUsage total(Spec state) {
        return Objects.requireNonNull(usage(state).total());
    }

    @Test
    void tokens_of_turns_are_summed_and_what_nobody_tells_stays_unknown() {
        Spec state = after(idle(), TURN, session(100, null), tokens(10L, 2L));
        state = after(state, SECOND_TURN, session(150, null), tokens(5L, null));

        assertThat(total(state))
                .isEqualTo(new TokenUsage(15L, 2L, null, null, null, null, 150L, 1_000L, null));
        assertThat(usage(state).turns())
                .extracting(TurnUsage::turnId)
                .containsExactly(TURN, SECOND_TURN);
    }

    @Test
    void the_cost_that_a_session_tells_so_far_is_each_turns_growth() {
        Spec state = after(idle(), TURN, session(1, dollars(0.5)), null);
        state = after(state, SECOND_TURN, session(2, dollars(0.75)), null);

        assertThat(usage(state).turns())
                .extracting(turn -> turn.usage().cost())
                .containsExactly(dollars(0.5), dollars(0.25));
        assertThat(total(state).cost()).isEqualTo(dollars(0.75));
    }

    @Test
    void a_cost_that_shrinks_is_that_of_a_new_session() {
        Spec state = after(idle(), TURN, session(1, dollars(0.5)), null);
        state = after(state, SECOND_TURN, session(2, dollars(0.25)), null);

        assertThat(total(state).cost()).isEqualTo(dollars(0.75));
    }

    @Test
    void a_turn_that_tells_no_cost_does_not_hide_the_one_before_it() {
        Spec state = after(idle(), TURN, session(1, dollars(0.5)), null);
        state = after(state, SECOND_TURN, session(2, null), tokens(1L, 1L));
        state = after(state, THIRD_TURN, session(3, dollars(0.75)), null);

        assertThat(total(state).cost()).isEqualTo(dollars(0.75));
    }

    @Test
    void an_agent_that_tells_nothing_used_nobody_knows_what() {
        assertThat(usage(afterATurn())).isEqualTo(new ThreadUsage(THREAD, List.of(), null));
    }

    @Test
    void what_a_session_tells_outside_of_turns_counts_for_the_thread() {
        Spec state =
                idle().and(says(null, new ProviderEvent.UsageUpdate(session(7, dollars(0.5)))));

        assertThat(usage(state).turns()).isEmpty();
        assertThat(total(state)).isEqualTo(session(7, dollars(0.5)));
    }
}
