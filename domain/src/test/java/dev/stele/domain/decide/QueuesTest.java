package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.ProjectElsewhere;
import dev.stele.domain.command.DeciderError.PromptAlreadyStarted;
import dev.stele.domain.command.DeciderError.PromptNotQueued;
import dev.stele.domain.command.DeciderError.QueueFull;
import dev.stele.domain.command.DeciderError.QueueOnHold;
import dev.stele.domain.command.DeciderError.RestoreInProgress;
import dev.stele.domain.command.DeciderError.ThreadBusy;
import dev.stele.domain.command.DeciderError.TurnAlreadyExists;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.ChangeWriter;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.EditQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.MoveQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.QueuePrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.RemoveQueuedPrompt;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalExpired;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.PromptQueued;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueueHeld;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptEdited;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptMoved;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptRemoved;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnInterrupted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThreadStatus.Idle;
import dev.stele.domain.model.ThreadStatus.Running;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueuesTest {

    private static final TurnId FOURTH_TURN = new TurnId("u4");
    private static final List<MessageContent> OTHER =
            List.of(
                    new MessageContent.Text("Like this."),
                    new MessageContent.Image("image/png", "aGk=", null));
    private static final ProviderError CUT_OFF =
            new ProviderError(
                    ProviderError.Scope.PROCESS,
                    ProviderError.Kind.CRASH,
                    "Stele was stopped.",
                    null,
                    null,
                    true);

    /** A turn at work, and two prompts that wait. */
    private static Spec queueing() {
        return running().and(queue(SECOND_TURN), queue(THIRD_TURN));
    }

    private static PromptQueue queueOf(Spec state) {
        return state.model().threads().get(THREAD).get().queue();
    }

    private static List<TurnId> waiting(Spec state) {
        return queueOf(state).waiting().asJava();
    }

    private static @Nullable OrchestrationCommand next(Spec state) {
        return FollowUps.next(THREAD, state.model(), AT);
    }

    @Test
    void a_prompt_for_a_busy_thread_waits_with_its_attachments() {
        Spec after =
                running()
                        .when(new QueuePrompt(SECOND_TURN, THREAD, OTHER, AT))
                        .then(new PromptQueued(SECOND_TURN, THREAD, OTHER, AT));

        assertThat(waiting(after)).containsExactly(SECOND_TURN);
        assertThat(after.model().queuedPrompt(SECOND_TURN).prompt()).isEqualTo(OTHER);
        assertThat(next(after)).isNull();
    }

    @Test
    void prompts_start_in_their_order_once_the_thread_is_idle() {
        Spec idle = queueing().and(says(done()));
        assertThat(next(idle)).isEqualTo(startQueued(SECOND_TURN));

        Spec second =
                idle.when(startQueued(SECOND_TURN))
                        .then(
                                new TurnStarted(SECOND_TURN, THREAD, PROMPT, AT),
                                new ThreadStatusChanged(THREAD, new Running(SECOND_TURN)));
        assertThat(waiting(second)).containsExactly(THIRD_TURN);
        assertThat(next(second)).isNull();

        Spec third = second.and(says(SECOND_TURN, done()));
        assertThat(next(third)).isEqualTo(startQueued(THIRD_TURN));
        assertThat(third.and(startQueued(THIRD_TURN)).model().queued()).isEmpty();
    }

    @Test
    void a_prompt_for_an_idle_thread_is_next_at_once() {
        assertThat(next(idle().and(queue(TURN)))).isEqualTo(startQueued(TURN));
    }

    @Test
    void a_start_that_is_told_twice_happens_once() {
        Spec started = queueing().and(says(done())).and(startQueued(SECOND_TURN));

        started.when(startQueued(SECOND_TURN)).thenRejected(new PromptAlreadyStarted(SECOND_TURN));
    }

    @Test
    void nothing_starts_before_its_time() {
        Spec idle = queueing().and(says(done()));

        queueing().when(startQueued(SECOND_TURN)).thenRejected(new ThreadBusy(THREAD, TURN));
        idle.when(startQueued(THIRD_TURN))
                .thenRejected(
                        new InvalidInput("turnId", "another prompt is before it in the queue."));
        idle.when(startQueued(FOURTH_TURN)).thenRejected(new PromptNotQueued(THREAD, FOURTH_TURN));
    }

    /** How a turn ends, and what holds the queue then. */
    record End(ProviderEvent event, @Nullable HoldCause hold) {}

    static List<End> endings() {
        var auth =
                ProviderError.of(
                        ProviderError.Scope.SESSION, ProviderError.Kind.AUTH, "Not logged in.");
        return List.of(
                new End(done(), null),
                new End(ends(StopReason.MAX_TOKENS), null),
                new End(ends(StopReason.REFUSAL), null),
                new End(ends(StopReason.UNKNOWN), null),
                new End(ends(StopReason.CANCELLED), HoldCause.TURN_INTERRUPTED),
                new End(new ProviderEvent.Error(auth), HoldCause.TURN_FAILED),
                new End(new ProviderEvent.Error(CRASH), HoldCause.TURN_FAILED),
                new End(new ProviderEvent.Error(CUT_OFF), null));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void a_turn_that_does_not_end_in_order_holds_what_waits(End end) {
        Spec after = queueing().and(says(end.event()));

        assertThat(queueOf(after).hold()).isEqualTo(end.hold());
        assertThat(waiting(after)).containsExactly(SECOND_TURN, THIRD_TURN);
        assertThat(next(after)).isEqualTo(end.hold() == null ? startQueued(SECOND_TURN) : null);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void where_nothing_waits_nothing_is_held(End end) {
        Spec after = running().and(says(end.event())).and(queue(SECOND_TURN));

        assertThat(next(after)).isEqualTo(startQueued(SECOND_TURN));
    }

    @Test
    void an_interrupt_holds_what_waits_until_a_turn_starts() {
        Spec held =
                queueing()
                        .when(interrupt())
                        .then(
                                new TurnInterrupted(TURN, InterruptCause.REQUESTED, AT),
                                new ThreadStatusChanged(THREAD, new Idle()),
                                new QueueHeld(THREAD, HoldCause.TURN_INTERRUPTED, AT));
        held.when(startQueued(SECOND_TURN))
                .thenRejected(new QueueOnHold(THREAD, HoldCause.TURN_INTERRUPTED));
        assertThat(next(held.and(queue(FOURTH_TURN)))).isNull();

        Spec goesOn = held.and(start(new TurnId("u5")));

        assertThat(queueOf(goesOn).hold()).isNull();
        assertThat(waiting(goesOn)).containsExactly(SECOND_TURN, THIRD_TURN);
    }

    @Test
    void a_prompt_that_is_sent_now_interrupts_the_open_turn() {
        Spec after =
                awaiting()
                        .and(queue(SECOND_TURN), queue(THIRD_TURN))
                        .when(sendNow(THIRD_TURN))
                        .then(
                                new ApprovalExpired(TURN, ACTION, ExpiryCause.INTERRUPTED, AT),
                                new TurnInterrupted(TURN, InterruptCause.REQUESTED, AT),
                                new ThreadStatusChanged(THREAD, new Idle()),
                                new TurnStarted(THIRD_TURN, THREAD, PROMPT, AT),
                                new ThreadStatusChanged(THREAD, new Running(THIRD_TURN)));

        assertThat(waiting(after)).containsExactly(SECOND_TURN);
        assertThat(queueOf(after).hold()).isNull();
    }

    @Test
    void a_held_queue_goes_on_by_sending_a_prompt_now() {
        Spec after = queueing().and(interrupt(), sendNow(SECOND_TURN));

        assertThat(next(after.and(says(SECOND_TURN, done())))).isEqualTo(startQueued(THIRD_TURN));
    }

    @Test
    void a_waiting_prompt_can_be_edited_and_a_started_one_cannot() {
        var edit = new EditQueuedPrompt(THREAD, SECOND_TURN, OTHER, AT);
        Spec edited = queueing().when(edit).then(new QueuedPromptEdited(SECOND_TURN, OTHER, AT));

        edited.when(edit).thenNothingHappened();
        Spec started = edited.and(says(done())).and(startQueued(SECOND_TURN));
        assertThat(started.said(SECOND_TURN).messages().head().content()).isEqualTo(OTHER);
        started.when(edit).thenRejected(new PromptAlreadyStarted(SECOND_TURN));
    }

    @Test
    void a_prompt_is_moved_among_those_that_wait() {
        Spec three = queueing().and(queue(FOURTH_TURN));

        Spec moved =
                three.when(new MoveQueuedPrompt(THREAD, FOURTH_TURN, 1))
                        .then(new QueuedPromptMoved(FOURTH_TURN, 1));

        assertThat(waiting(moved)).containsExactly(FOURTH_TURN, SECOND_TURN, THIRD_TURN);
        Spec last = moved.and(new MoveQueuedPrompt(THREAD, FOURTH_TURN, 99));
        assertThat(waiting(last)).containsExactly(SECOND_TURN, THIRD_TURN, FOURTH_TURN);
        last.when(new MoveQueuedPrompt(THREAD, FOURTH_TURN, 3)).thenNothingHappened();
        last.when(new MoveQueuedPrompt(THREAD, FOURTH_TURN, 0))
                .thenRejected(new InvalidInput("position", "places count from 1."));
    }

    @Test
    void a_removed_prompt_is_never_said_and_its_id_never_used_again() {
        Spec removed =
                queueing()
                        .when(new RemoveQueuedPrompt(THREAD, SECOND_TURN, AT))
                        .then(new QueuedPromptRemoved(SECOND_TURN, AT));

        assertThat(waiting(removed)).containsExactly(THIRD_TURN);
        removed.when(sendNow(SECOND_TURN)).thenRejected(new PromptNotQueued(THREAD, SECOND_TURN));
        removed.when(queue(SECOND_TURN)).thenRejected(new TurnAlreadyExists(SECOND_TURN));
        removed.and(interrupt())
                .when(start(SECOND_TURN))
                .thenRejected(new TurnAlreadyExists(SECOND_TURN));
    }

    @Test
    void a_queue_that_has_become_empty_is_not_held_any_more() {
        Spec emptied =
                running()
                        .and(queue(SECOND_TURN), interrupt())
                        .and(new RemoveQueuedPrompt(THREAD, SECOND_TURN, AT));

        assertThat(queueOf(emptied)).isEqualTo(PromptQueue.EMPTY);
    }

    @Test
    void the_id_of_a_waiting_prompt_is_in_use() {
        Spec state = queueing().and(interrupt());

        state.when(start(SECOND_TURN)).thenRejected(new TurnAlreadyExists(SECOND_TURN));
        state.when(queue(SECOND_TURN)).thenRejected(new TurnAlreadyExists(SECOND_TURN));
    }

    @Test
    void a_queue_takes_so_many_prompts_and_no_more() {
        Spec full = running();
        for (int i = 0; i < PromptQueue.MOST_PROMPTS; i++) {
            full = full.and(queue(new TurnId("q" + i)));
        }

        int length = ((MessageContent.Text) PROMPT.getFirst()).text().length();
        full.when(queue(SECOND_TURN))
                .thenRejected(
                        new QueueFull(
                                THREAD,
                                PromptQueue.MOST_PROMPTS,
                                (long) length * PromptQueue.MOST_PROMPTS));
    }

    @Test
    void an_edit_may_not_make_a_queue_too_long() {
        List<MessageContent> half = text((int) PromptQueue.MOST_CHARACTERS / 2);
        Spec state =
                running()
                        .and(new QueuePrompt(SECOND_TURN, THREAD, half, AT))
                        .and(queue(THIRD_TURN));

        state.when(new EditQueuedPrompt(THREAD, THIRD_TURN, half, AT)).events();
        state.when(new EditQueuedPrompt(THREAD, THIRD_TURN, text(half), AT))
                .thenRejected(new QueueFull(THREAD, 2, PromptQueue.MOST_CHARACTERS / 2 + 14));
    }

    private static List<MessageContent> text(int length) {
        return List.of(new MessageContent.Text("x".repeat(length)));
    }

    private static List<MessageContent> text(List<MessageContent> oneShorter) {
        return text(((MessageContent.Text) oneShorter.getFirst()).text().length() + 1);
    }

    @Test
    void a_restore_holds_what_waits_and_nothing_starts_meanwhile() {
        Spec waiting = afterATurn().and(queue(SECOND_TURN));

        Spec restoring =
                waiting.and(restore("r1", CheckpointId.before(TURN), RestoreScope.CONVERSATION));

        assertThat(queueOf(restoring).hold()).isEqualTo(HoldCause.RESTORED);
        restoring
                .when(sendNow(SECOND_TURN))
                .thenRejected(new RestoreInProgress(new OperationId("r1")));
        Spec after = restoring.and(restored("r1"));
        assertThat(next(after)).isNull();
        assertThat(after.and(sendNow(SECOND_TURN)).turn(SECOND_TURN).parent()).isNull();
    }

    @Test
    void a_restore_in_another_thread_only_delays_what_waits() {
        Spec restoring =
                afterATurn()
                        .and(createThread(SECOND_THREAD))
                        .and(new QueuePrompt(SECOND_TURN, SECOND_THREAD, PROMPT, AT))
                        .and(restore("r1", CheckpointId.before(TURN), RestoreScope.BOTH));
        assertThat(FollowUps.next(SECOND_THREAD, restoring.model(), AT)).isNull();

        var outcome = restoring.when(restored("r1"));

        assertThat(FollowUps.movedBy(outcome.events().getLast(), outcome.thenState().model()))
                .contains(SECOND_THREAD);
        assertThat(FollowUps.next(SECOND_THREAD, outcome.thenState().model(), AT)).isNotNull();
    }

    @Test
    void what_waits_goes_with_its_thread() {
        Spec deleted = queueing().and(deleteThread());

        assertThat(deleted.model().queued()).isEmpty();
        assertThat(deleted.model().retired().turns()).contains(TURN, SECOND_TURN, THIRD_TURN);
    }

    @Test
    void a_prompt_for_another_node_waits_until_that_node_writes() {
        Spec elsewhere =
                Spec.givenCommands(
                        new CreateProject(PROJECT, "Stele", PATH, "alpha", AT),
                        createThread(THREAD),
                        new ChangeWriter("alpha", 1, AT),
                        start(TURN),
                        queue(SECOND_TURN),
                        new ChangeWriter("beta", 2, AT),
                        queue(THIRD_TURN));
        assertThat(next(elsewhere)).isNull();
        elsewhere.when(sendNow(SECOND_TURN)).thenRejected(new ProjectElsewhere(PROJECT, "alpha"));

        assertThat(next(elsewhere.and(new ChangeWriter("alpha", 3, AT))))
                .isEqualTo(startQueued(SECOND_TURN));
    }
}
