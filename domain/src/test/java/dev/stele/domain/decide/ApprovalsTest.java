package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.ApprovalWithdrawn;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.ThreadStatus.AwaitingApproval;
import dev.stele.domain.model.ThreadStatus.Running;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalsTest {

    private static final ThreadStatusChanged RUNS =
            new ThreadStatusChanged(THREAD, new Running(TURN));

    private static Spec two() {
        return running().and(says(asks(ACTION, "tc_1")), says(asks(SECOND_ACTION, "tc_2")));
    }

    private static Spec asking(PermissionOption... options) {
        return running().and(says(question(ACTION, List.of(options))));
    }

    private static ProviderEvent.AwaitingApproval question(
            ActionId id, List<PermissionOption> options) {
        return new ProviderEvent.AwaitingApproval(id, null, "Run ls", options);
    }

    private static ThreadStatus status(Spec spec) {
        return spec.model().threads().get(THREAD).get().status();
    }

    @Test
    void a_question_makes_the_thread_wait() {
        Spec after =
                running()
                        .when(says(asks(ACTION, CALL)))
                        .then(
                                new ApprovalRequested(TURN, ACTION, CALL, "Run ls", OPTIONS, AT),
                                waitsFor(ACTION));

        assertThat(after.turn(TURN).pending())
                .containsExactly(new PendingAction(ACTION, CALL, "Run ls", OPTIONS, AT));
    }

    private static ThreadStatusChanged waitsFor(ActionId... actions) {
        return new ThreadStatusChanged(THREAD, new AwaitingApproval(TURN, List.of(actions)));
    }

    @Test
    void several_questions_may_be_open_at_once() {
        running()
                .and(says(asks(ACTION, "tc_1")))
                .when(says(asks(SECOND_ACTION, "tc_2")))
                .then(
                        new ApprovalRequested(TURN, SECOND_ACTION, "tc_2", "Run ls", OPTIONS, AT),
                        waitsFor(ACTION, SECOND_ACTION));
    }

    @Test
    void the_thread_waits_for_the_questions_that_are_left_and_runs_on_after_the_last() {
        Spec one = two().when(approve(ACTION, null)).then(approved(ACTION, "yes"));
        assertThat(status(one)).isEqualTo(new AwaitingApproval(TURN, List.of(SECOND_ACTION)));

        one.when(reject(SECOND_ACTION, null)).then(rejected(SECOND_ACTION, "no"), RUNS);
    }

    @Test
    void questions_are_answered_in_any_order() {
        Spec one = two().when(reject(SECOND_ACTION, null)).then(rejected(SECOND_ACTION, "no"));
        assertThat(status(one)).isEqualTo(new AwaitingApproval(TURN, List.of(ACTION)));

        one.when(approve(ACTION, null)).then(approved(ACTION, "yes"), RUNS);
    }

    private static ActionApproved approved(ActionId action, String option) {
        return new ActionApproved(TURN, action, option, ADA, AT);
    }

    private static ActionRejected rejected(ActionId action, String option) {
        return new ActionRejected(TURN, action, option, "too risky", ADA, AT);
    }

    @Test
    void a_repeated_question_asks_nothing_new() {
        awaiting().when(says(asks(ACTION, CALL))).thenNothingHappened();
        awaiting().and(approve(ACTION, null)).when(says(asks(ACTION, CALL))).thenNothingHappened();
    }

    @Test
    void the_agent_may_take_a_question_back() {
        Spec one =
                two().when(says(new ApprovalWithdrawn(ACTION)))
                        .then(new ApprovalExpired(TURN, ACTION, ExpiryCause.WITHDRAWN, AT));
        assertThat(status(one)).isEqualTo(new AwaitingApproval(TURN, List.of(SECOND_ACTION)));

        one.when(says(new ApprovalWithdrawn(SECOND_ACTION)))
                .then(new ApprovalExpired(TURN, SECOND_ACTION, ExpiryCause.WITHDRAWN, AT), RUNS);
        one.when(says(new ApprovalWithdrawn(ACTION))).thenNothingHappened();
    }

    @Test
    void without_a_wish_an_approval_allows_once_and_never_always() {
        awaiting().when(approve(ACTION, null)).then(approved(ACTION, "yes"), RUNS);
        asking(ALLOW_ALWAYS, REJECT)
                .when(approve(ACTION, null))
                .thenRejected(new OptionNotOffered(ACTION, null));
    }

    @Test
    void an_allow_always_is_taken_when_it_is_asked_for_by_name() {
        awaiting().when(approve(ACTION, "always")).then(approved(ACTION, "always"), RUNS);
    }

    @Test
    void two_options_of_one_kind_are_told_apart_by_their_ids() {
        var here = new PermissionOption("here", "Here", Kind.ALLOW_ALWAYS);
        var everywhere = new PermissionOption("everywhere", "Everywhere", Kind.ALLOW_ALWAYS);

        asking(here, everywhere)
                .when(approve(ACTION, "everywhere"))
                .then(approved(ACTION, "everywhere"), RUNS);
    }

    @Test
    void a_rejection_takes_the_narrowest_no_that_there_is() {
        var never = new PermissionOption("never", "Never", Kind.REJECT_ALWAYS);

        asking(never, REJECT).when(reject(ACTION, null)).then(rejected(ACTION, "no"), RUNS);
        asking(never, ALLOW).when(reject(ACTION, null)).then(rejected(ACTION, "never"), RUNS);
        asking(never, REJECT).when(reject(ACTION, "never")).then(rejected(ACTION, "never"), RUNS);
    }

    @Test
    void a_question_without_a_no_can_be_rejected_all_the_same() {
        for (Spec asked : new Spec[] {asking(), asking(ALLOW)}) {
            asked.when(reject(ACTION, null))
                    .then(new ActionRejected(TURN, ACTION, null, "too risky", ADA, AT), RUNS);
        }
    }

    @Test
    void an_option_that_was_not_offered_is_refused() {
        var refusal = new OptionNotOffered(ACTION, "maybe");

        awaiting().when(approve(ACTION, "maybe")).thenRejected(refusal);
        awaiting().when(reject(ACTION, "maybe")).thenRejected(refusal);
        asking().when(approve(ACTION, null)).thenRejected(new OptionNotOffered(ACTION, null));
    }

    @Test
    void an_option_that_means_something_else_is_refused() {
        var odd = new PermissionOption("odd", "Hm", Kind.OTHER);

        awaiting().when(approve(ACTION, "no")).thenRejected(new OptionKindMismatch(ACTION, "no"));
        awaiting().when(reject(ACTION, "yes")).thenRejected(new OptionKindMismatch(ACTION, "yes"));
        asking(odd)
                .when(approve(ACTION, "odd"))
                .thenRejected(new OptionKindMismatch(ACTION, "odd"));
        asking(odd).when(reject(ACTION, "odd")).thenRejected(new OptionKindMismatch(ACTION, "odd"));
    }

    @Test
    void an_answer_names_who_gave_it() {
        var nobody = Actor.policy(" ");
        var invalid = new InvalidInput("by", "it is blank.");

        awaiting()
                .when(new ApprovePendingAction(THREAD, ACTION, null, nobody, AT))
                .thenRejected(invalid);
        awaiting()
                .when(new RejectPendingAction(THREAD, ACTION, null, null, nobody, AT))
                .thenRejected(invalid);
    }

    @Test
    void an_action_is_answered_once() {
        var refusal = new ActionNotPending(THREAD, ACTION);

        awaiting().and(approve(ACTION, null)).when(approve(ACTION, null)).thenRejected(refusal);
        awaiting().and(approve(ACTION, null)).when(reject(ACTION, null)).thenRejected(refusal);
        running().when(reject(ACTION, null)).thenRejected(refusal);
        idle().when(approve(ACTION, null)).thenRejected(refusal);
        awaiting().and(interrupt()).when(approve(ACTION, null)).thenRejected(refusal);
    }

    @Test
    void an_answer_needs_its_thread() {
        Spec.given().when(approve(ACTION, null)).thenRejected(new ThreadNotFound(THREAD));
        Spec.given().when(reject(ACTION, null)).thenRejected(new ThreadNotFound(THREAD));
    }
}
