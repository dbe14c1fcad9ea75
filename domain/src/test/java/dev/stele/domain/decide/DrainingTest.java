package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.*;
import dev.stele.contracts.Role;
import dev.stele.contracts.ToolOutcome;
import dev.stele.domain.command.DeciderError.TurnNotOpen;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.ThreadStatus.Idle;
import dev.stele.domain.model.ThreadStatus.Running;
import dev.stele.domain.model.TurnState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupted turn is over in the log at once, but its agent may still speak. */
class DrainingTest {

    @Test
    void an_interrupted_turn_drains_and_its_thread_is_idle() {
        var model = draining().model();

        assertThat(model.turns().live().get(TURN).get().state())
                .isEqualTo(new TurnState.Draining(InterruptCause.REQUESTED, AT));
        assertThat(model.threads().get(THREAD).get().status()).isEqualTo(new Idle());
        assertThat(model.threads().get(THREAD).get().draining()).containsExactly(TURN);
    }

    @Test
    void late_words_are_taken_in() {
        running()
                .and(says(text("Almost ")), interrupt())
                .when(says(text("done.")))
                .then(new MessageChunkReceived(TURN, 1, "done."));
    }

    @Test
    void late_words_go_to_their_own_turn_while_the_next_one_runs() {
        Spec after = draining().and(start(SECOND_TURN), says(SECOND_TURN, text("new")));

        after.when(says(text("old")))
                .then(
                        new MessageAppended(
                                TURN, 1, Role.ASSISTANT, new MessageContent.Text("old"), null, AT));
    }

    @Test
    void a_late_result_finds_its_call() {
        running()
                .and(says(calls(CALL)), interrupt())
                .when(says(returns(CALL)))
                .then(
                        new MessageAppended(
                                TURN,
                                2,
                                Role.ASSISTANT,
                                MessageContent.ToolResult.of(CALL, "ok", ToolOutcome.SUCCEEDED),
                                null,
                                AT));
    }

    @Test
    void a_late_question_expires_at_once_and_changes_no_status() {
        Spec after =
                draining()
                        .and(start(SECOND_TURN))
                        .when(says(asks(ACTION, null)))
                        .then(
                                new ApprovalRequested(TURN, ACTION, null, "Run ls", OPTIONS, AT),
                                new ApprovalExpired(TURN, ACTION, ExpiryCause.INTERRUPTED, AT));

        assertThat(after.turn(TURN).pending()).isEmpty();
        assertThat(after.model().threads().get(THREAD).get().status())
                .isEqualTo(new Running(SECOND_TURN));
    }

    @Test
    void a_question_that_expired_by_the_interrupt_is_not_withdrawn_again() {
        awaiting().and(interrupt()).when(says(new ApprovalWithdrawn(ACTION))).thenNothingHappened();
    }

    @Test
    void the_late_end_drains_the_turn_and_leaves_the_next_one_alone() {
        Spec after = draining().and(start(SECOND_TURN), says(done()));

        assertThat(after.turn(TURN).state())
                .isEqualTo(new TurnState.Interrupted(InterruptCause.REQUESTED, AT, AT));
        assertThat(after.model().threads().get(THREAD).get().draining()).isEmpty();
        assertThat(after.model().threads().get(THREAD).get().status())
                .isEqualTo(new Running(SECOND_TURN));
    }

    @Test
    void several_turns_may_drain_and_each_ends_by_itself() {
        Spec both = draining().and(start(SECOND_TURN), interrupt(), start(THIRD_TURN));
        assertThat(both.model().threads().get(THREAD).get().draining())
                .containsExactly(TURN, SECOND_TURN);

        Spec one = both.and(says(SECOND_TURN, done()));
        assertThat(one.model().threads().get(THREAD).get().draining()).containsExactly(TURN);
        assertThat(one.model().threads().get(THREAD).get().status())
                .isEqualTo(new Running(THIRD_TURN));
    }

    static List<ProviderEvent> speech() {
        return List.of(
                text("a"),
                new ThinkingDelta("a", null),
                calls(CALL),
                returns(CALL),
                asks(ACTION, CALL),
                new ApprovalWithdrawn(ACTION),
                done(),
                new ProviderEvent.Error(CRASH),
                new PlanUpdate(List.of(new PlanEntry("look", "pending", null))),
                new Retrying("again"));
    }

    @ParameterizedTest
    @MethodSource("speech")
    void a_turn_that_is_over_takes_nothing_in(ProviderEvent event) {
        var refusal = new TurnNotOpen(TURN);

        running().and(says(done())).when(says(event)).thenRejected(refusal);
        draining().and(says(done())).when(says(event)).thenRejected(refusal);
        running().and(says(new ProviderEvent.Error(CRASH))).when(says(event)).thenRejected(refusal);
    }
}
