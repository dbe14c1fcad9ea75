package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.ToolOutcome;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalExpired;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectDeleted;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.ThreadStatus.Idle;
import dev.stele.domain.model.TurnState;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a turn ends: approvals expire, then open tool calls get a result, then comes the end. */
class TurnEndsTest {

    private static final TokenUsage USAGE =
            new TokenUsage(10L, 20L, null, null, null, null, null, null, null);

    /** Two calls at work, each with an open approval: messages 1 and 2 of the turn. */
    private static Spec busy() {
        return running()
                .and(says(calls("tc_1")), says(calls("tc_2")))
                .and(says(asks(ACTION, "tc_1")), says(asks(SECOND_ACTION, "tc_2")));
    }

    private static ApprovalExpired expired(ActionId action, ExpiryCause cause) {
        return new ApprovalExpired(TURN, action, cause, AT);
    }

    private static MessageAppended result(int ordinal, String call, ToolOutcome outcome) {
        return new MessageAppended(
                TURN,
                ordinal,
                Role.ASSISTANT,
                MessageContent.ToolResult.of(call, null, outcome),
                null,
                AT);
    }

    private static ThreadStatusChanged idleAgain() {
        return new ThreadStatusChanged(THREAD, new Idle());
    }

    @Test
    void a_quiet_turn_completes_with_its_reason_and_usage() {
        var end = new ProviderEvent.TurnComplete(StopReason.REFUSAL, "refused", "policy", USAGE);

        Spec after =
                running()
                        .when(says(end))
                        .then(
                                new TurnCompleted(
                                        TURN, StopReason.REFUSAL, "refused", "policy", USAGE, AT),
                                idleAgain());

        assertThat(after.turn(TURN).state())
                .isEqualTo(new TurnState.Completed(StopReason.REFUSAL, "policy", AT));
        assertThat(after.turn(TURN).usage()).isEqualTo(USAGE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CANCELLED")
    void calls_that_a_completed_turn_left_open_end_unknown(StopReason reason) {
        busy().when(says(ends(reason)))
                .then(
                        expired(ACTION, ExpiryCause.TURN_ENDED),
                        expired(SECOND_ACTION, ExpiryCause.TURN_ENDED),
                        result(3, "tc_1", ToolOutcome.UNKNOWN),
                        result(4, "tc_2", ToolOutcome.UNKNOWN),
                        new TurnCompleted(TURN, reason, null, null, null, AT),
                        idleAgain());
    }

    @Test
    void calls_that_a_cancelled_turn_left_open_end_cancelled() {
        busy().when(says(ends(StopReason.CANCELLED)))
                .then(
                        expired(ACTION, ExpiryCause.TURN_ENDED),
                        expired(SECOND_ACTION, ExpiryCause.TURN_ENDED),
                        result(3, "tc_1", ToolOutcome.CANCELLED),
                        result(4, "tc_2", ToolOutcome.CANCELLED),
                        new TurnCompleted(TURN, StopReason.CANCELLED, null, null, null, AT),
                        idleAgain());
    }

    @Test
    void calls_that_a_failed_turn_left_open_end_unknown() {
        Spec after =
                busy().when(says(new ProviderEvent.Error(CRASH)))
                        .then(
                                expired(ACTION, ExpiryCause.AGENT_GONE),
                                expired(SECOND_ACTION, ExpiryCause.AGENT_GONE),
                                result(3, "tc_1", ToolOutcome.UNKNOWN),
                                result(4, "tc_2", ToolOutcome.UNKNOWN),
                                new TurnFailed(TURN, CRASH, AT),
                                idleAgain());

        assertThat(after.turn(TURN).state()).isEqualTo(new TurnState.Failed(CRASH, AT));
    }

    @Test
    void a_rejected_call_of_which_nothing_more_was_said_ends_rejected() {
        busy().and(reject(ACTION, null))
                .when(says(done()))
                .then(
                        expired(SECOND_ACTION, ExpiryCause.TURN_ENDED),
                        result(3, "tc_1", ToolOutcome.REJECTED),
                        result(4, "tc_2", ToolOutcome.UNKNOWN),
                        new TurnCompleted(TURN, StopReason.END_TURN, null, null, null, AT),
                        idleAgain());
    }

    @Test
    void a_call_that_has_its_result_gets_no_second_one() {
        running()
                .and(says(calls("tc_1")), says(returns("tc_1")))
                .when(says(done()))
                .then(
                        new TurnCompleted(TURN, StopReason.END_TURN, null, null, null, AT),
                        idleAgain());
    }

    @Test
    void an_interrupt_expires_approvals_and_leaves_calls_to_the_agent() {
        Spec after =
                busy().when(interrupt())
                        .then(
                                expired(ACTION, ExpiryCause.INTERRUPTED),
                                expired(SECOND_ACTION, ExpiryCause.INTERRUPTED),
                                new TurnInterrupted(TURN, InterruptCause.REQUESTED, AT),
                                idleAgain());

        assertThat(after.said(TURN).openCalls()).containsExactly(1, 2);
    }

    @Test
    void a_draining_turn_ends_with_cancelled_calls_and_changes_no_status() {
        busy().and(interrupt(), start(SECOND_TURN))
                .when(says(ends(StopReason.CANCELLED)))
                .then(
                        result(3, "tc_1", ToolOutcome.CANCELLED),
                        result(4, "tc_2", ToolOutcome.CANCELLED),
                        new TurnDrained(TURN, "cancelled", AT));
    }

    /** Some agents answer a cancel as if they had just finished. */
    @ParameterizedTest
    @EnumSource
    void calls_that_a_draining_turn_left_open_end_cancelled_whatever_the_reason(StopReason reason) {
        running()
                .and(says(calls("tc_1")), interrupt())
                .when(says(ends(reason)))
                .then(
                        result(2, "tc_1", ToolOutcome.CANCELLED),
                        new TurnDrained(TURN, reason.name().toLowerCase(Locale.ROOT), AT));
    }

    @Test
    void a_draining_turn_that_fails_is_drained_too() {
        busy().and(reject(SECOND_ACTION, null), interrupt())
                .when(says(new ProviderEvent.Error(CRASH)))
                .then(
                        result(3, "tc_1", ToolOutcome.CANCELLED),
                        result(4, "tc_2", ToolOutcome.REJECTED),
                        new TurnDrained(TURN, "The agent ended.", AT));
    }

    @Test
    void a_drained_turn_keeps_the_agents_own_word_and_its_usage() {
        var end = new ProviderEvent.TurnComplete(StopReason.UNKNOWN, "halted", null, USAGE);

        draining()
                .when(says(end))
                .then(new UsageUpdated(THREAD, TURN, USAGE), new TurnDrained(TURN, "halted", AT));
    }

    @Test
    void the_usage_of_a_turn_is_the_threads_newest_however_the_turn_ended() {
        var end = new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, USAGE);

        for (Spec turn : new Spec[] {running(), draining()}) {
            Spec ended = turn.and(says(end));

            assertThat(ended.turn(TURN).usage()).isEqualTo(USAGE);
            assertThat(ended.model().threads().get(THREAD).get().usage()).isEqualTo(USAGE);
        }
    }

    @Test
    void an_open_turn_ends_before_its_thread_is_deleted() {
        busy().and(reject(ACTION, null))
                .when(deleteThread())
                .then(
                        expired(SECOND_ACTION, ExpiryCause.DELETED),
                        result(3, "tc_1", ToolOutcome.REJECTED),
                        result(4, "tc_2", ToolOutcome.CANCELLED),
                        new TurnInterrupted(TURN, InterruptCause.DELETED, AT),
                        idleAgain(),
                        new ThreadDeleted(THREAD, AT));
    }

    @Test
    void draining_turns_end_before_the_open_one_and_all_before_their_project() {
        busy().and(interrupt(), start(SECOND_TURN), createThread(SECOND_THREAD))
                .and(start(THIRD_TURN, SECOND_THREAD))
                .when(deleteProject())
                .then(
                        result(3, "tc_1", ToolOutcome.CANCELLED),
                        result(4, "tc_2", ToolOutcome.CANCELLED),
                        new TurnDrained(TURN, "deleted", AT),
                        new TurnInterrupted(SECOND_TURN, InterruptCause.DELETED, AT),
                        idleAgain(),
                        new TurnInterrupted(THIRD_TURN, InterruptCause.DELETED, AT),
                        new ThreadStatusChanged(SECOND_THREAD, new Idle()),
                        new ProjectDeleted(PROJECT, AT));
    }

    @Test
    void the_facts_of_a_deletion_end_a_turn_for_good() {
        Spec busy = busy();
        var facts = busy.when(deleteThread()).events();

        Spec ended = busy.and(facts.subList(0, facts.size() - 1));

        assertThat(ended.turn(TURN).state())
                .isEqualTo(new TurnState.Interrupted(InterruptCause.DELETED, AT, AT));
        assertThat(ended.model().threads().get(THREAD).get().draining()).isEmpty();
        assertThat(facts.getLast())
                .isInstanceOf(OrchestrationEvent.ThreadEvent.ThreadDeleted.class);
    }
}
