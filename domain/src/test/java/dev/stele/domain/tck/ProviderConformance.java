package dev.stele.domain.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.Role;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnDrained;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.tck.ProviderFixture.Conduct;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the reactors of every provider have to do: bring a thread's prompt to its agent, and what
 * the agent says into the log. An adapter proves itself with a subclass that returns a fixture.
 *
 * <ul>
 *   <li>At its start it ends every turn that is open or draining in the model, with an error under
 *       the sequence 0: the process that ran it is dead.
 *   <li>It prompts the agent of an open turn when the turn's ticket is ready in the lanes and the
 *       checkpoint before the turn is settled, and once.
 *   <li>It brings every word of the agent as {@link IngestProviderEvent}, counted from 1 in each
 *       turn, and exactly one end: {@link ProviderEvent.TurnComplete} or {@link
 *       ProviderEvent.Error}.
 *   <li>It carries the answer to an approval to the agent that asked.
 *   <li>It cancels the agent of a draining turn, and brings the end when the agent has stopped; a
 *       turn that was not prompted yet ends at once.
 *   <li>It ends the agent of a deleted thread, and answers the clean-up that the model then holds.
 *   <li>It sends again what the log could not take.
 * </ul>
 */
public abstract class ProviderConformance extends ReactorConformance {
    @SuppressWarnings("NullAway.Init") // filled before each test
    private ProviderFixture fixture;

    /** For subclasses. */
    protected ProviderConformance() {}

    /** {@return agents, of their own for each test} */
    protected abstract ProviderFixture newProviderFixture();

    @Override
    protected final ReactorFixture newFixture() {
        fixture = newProviderFixture();
        return fixture;
    }

    @BeforeEach
    final void letTheEngineTakeCheckpoints() {
        engine().takeCheckpoints(true);
    }

    /** The work of a provider is a turn. */
    @Override
    protected final Work ask() {
        TurnId turnId = prompt(newThread(Conduct.SPEAKS));
        return new Work(
                "the end of " + turnId,
                model -> !Objects.requireNonNull(model.turn(turnId)).state().isLive(),
                command -> ends(command, turnId));
    }

    private static boolean ends(OrchestrationCommand command, TurnId turnId) {
        return command instanceof IngestProviderEvent said
                && turnId.equals(said.turnId())
                && (said.event() instanceof ProviderEvent.TurnComplete
                        || said.event() instanceof ProviderEvent.Error);
    }

    @Test
    void words_come_in_their_order_and_the_turn_ends_once() {
        start();
        TurnId turnId = prompt(newThread(Conduct.SPEAKS));

        assertThat(end(turnId)).isInstanceOf(TurnState.Completed.class);
        assertThat(words(turnId)).isEqualTo("one two three");
        drain();
        assertThat(engine().submitted()).filteredOn(command -> ends(command, turnId)).hasSize(1);
    }

    @Test
    void what_an_agent_says_in_a_turn_is_counted_from_one_without_gaps() {
        start();
        TurnId turnId = prompt(newThread(Conduct.USES_A_TOOL));
        end(turnId);
        List<Long> sequences = sequences(turnId);

        assertThat(sequences).hasSizeGreaterThan(1);
        assertThat(sequences)
                .isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
    }

    private List<Long> sequences(TurnId turnId) {
        return engine().submitted().stream()
                .filter(IngestProviderEvent.class::isInstance)
                .map(IngestProviderEvent.class::cast)
                .filter(said -> turnId.equals(said.turnId()))
                .map(IngestProviderEvent::providerSequence)
                .toList();
    }

    @Test
    void the_turns_of_a_thread_follow_each_other() {
        start();
        ThreadId thread = newThread(Conduct.SPEAKS);
        List<TurnId> turns = IntStream.range(0, 3).mapToObj(_ -> prompted(thread)).toList();

        assertThat(turns).allSatisfy(turn -> assertThat(words(turn)).isEqualTo("one two three"));
    }

    private TurnId prompted(ThreadId thread) {
        TurnId turnId = prompt(thread);
        end(turnId);
        return turnId;
    }

    @Test
    void agents_of_two_directories_work_at_once() {
        start();
        ThreadId one = newThread(Conduct.ASKS);
        ThreadId two = newThread(Conduct.ASKS);
        TurnId first = prompt(one);
        TurnId second = prompt(two);
        PendingAction ofFirst = question(first);
        PendingAction ofSecond = question(second);
        assertThat(ofFirst.id()).isNotEqualTo(ofSecond.id());
        approve(one, ofFirst.id());
        reject(two, ofSecond.id());

        assertThat(end(first)).isInstanceOf(TurnState.Completed.class);
        assertThat(end(second)).isInstanceOf(TurnState.Completed.class);
        assertThat(words(first) + " and " + words(second)).isEqualTo("allowed and rejected");
    }

    @Test
    void the_prompt_waits_for_the_checkpoint_before_the_turn() {
        start();
        engine().takeCheckpoints(false);
        TurnId turnId = prompt(newThread(Conduct.SPEAKS));
        engine().takeCheckpoints(true);
        engine().takeCheckpoints(false);
        TurnId later = prompt(newThread(Conduct.SPEAKS));
        end(turnId);
        assertThat(sequences(later)).isEmpty();
        assertThat(model().checkpoint(CheckpointId.before(later))).isNull();
        engine().takeCheckpoints(true);

        assertThat(end(later)).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void an_approval_is_carried_to_the_agent() {
        start();
        ThreadId thread = newThread(Conduct.ASKS);
        TurnId turnId = prompt(thread);
        PendingAction question = question(turnId);
        assertThat(question.options()).anyMatch(option -> option.kind().allows());
        approve(thread, question.id());

        assertThat(end(turnId)).isInstanceOf(TurnState.Completed.class);
        assertThat(words(turnId)).isEqualTo("allowed");
    }

    @Test
    void a_rejection_is_carried_to_the_agent() {
        start();
        ThreadId thread = newThread(Conduct.ASKS);
        TurnId turnId = prompt(thread);
        reject(thread, question(turnId).id());

        assertThat(end(turnId)).isInstanceOf(TurnState.Completed.class);
        assertThat(words(turnId)).isEqualTo("rejected");
    }

    @Test
    void nothing_is_quiet_while_an_agent_waits_for_an_answer() {
        start();
        ThreadId thread = newThread(Conduct.ASKS);
        TurnId turnId = prompt(thread);
        PendingAction question = question(turnId);
        assertThat(isQuiet(Duration.ofMillis(20))).isFalse();
        approve(thread, question.id());
        drain();

        assertThat(turn(turnId).state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void an_interrupted_turn_drains_once_and_the_thread_goes_on() {
        start();
        ThreadId thread = newThread(Conduct.WAITS);
        for (int i = 0; i < 2; i++) {
            TurnId turnId = prompt(thread);
            await("words", _ -> words(turnId).equals("waiting"));
            send(new InterruptTurn(thread, now()));

            assertThat(end(turnId)).isInstanceOf(TurnState.Interrupted.class);
            assertDrainedOnce(turnId);
        }
    }

    private void assertDrainedOnce(TurnId turnId) {
        assertThat(engine().facts())
                .filteredOn(fact ->
                        fact instanceof TurnDrained drained && drained.turnId().equals(turnId))
                .hasSize(1);
    }

    @Test
    void an_interrupt_ends_a_turn_that_waits_for_an_answer() {
        start();
        ThreadId thread = newThread(Conduct.ASKS);
        TurnId turnId = prompt(thread);
        question(turnId);
        send(new InterruptTurn(thread, now()));

        assertThat(end(turnId)).isInstanceOf(TurnState.Interrupted.class);
        assertDrainedOnce(turnId);
        assertThat(words(turnId)).doesNotContain("allowed");
    }

    @Test
    void a_turn_interrupted_before_its_prompt_ends_without_a_word() {
        start();
        engine().takeCheckpoints(false);
        ThreadId thread = newThread(Conduct.SPEAKS);
        TurnId turnId = prompt(thread);
        send(new InterruptTurn(thread, now()));

        assertThat(end(turnId)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(words(turnId)).isEmpty();
    }

    @Test
    void a_crash_fails_the_turn_with_a_reason_and_keeps_what_was_said() {
        start();
        ThreadId thread = newThread(Conduct.CRASHES);
        for (int i = 0; i < 2; i++) {
            TurnId turnId = prompt(thread);
            assertFailedWithAReason(turnId);
            assertThat(words(turnId)).isEqualTo("so far");
        }
    }

    @Test
    void an_agent_that_cannot_be_started_fails_the_turn_with_a_reason() {
        start();
        assertFailedWithAReason(prompt(newThread(Conduct.CANNOT_START)));
    }

    private void assertFailedWithAReason(TurnId turnId) {
        assertThat(end(turnId))
                .isInstanceOfSatisfying(
                        TurnState.Failed.class,
                        failed -> assertThat(failed.error().message()).isNotBlank());
    }

    @Test
    void a_tool_call_keeps_its_id_apart_from_its_name_and_its_result_finds_it() {
        start();
        TurnId turnId = prompt(newThread(Conduct.USES_A_TOOL));
        end(turnId);
        List<MessageContent> said = contents(turnId);
        MessageContent.ToolCall call = only(said, MessageContent.ToolCall.class);
        MessageContent.ToolResult result = only(said, MessageContent.ToolResult.class);

        assertThat(call.id()).isNotBlank();
        assertThat(call.name() == null ? "" : call.name()).doesNotContain(call.id());
        assertThat(result.toolCallId()).isEqualTo(call.id());
        assertThat(result.unmatched()).isFalse();
    }

    private static <T> T only(List<MessageContent> contents, Class<T> type) {
        List<T> found = contents.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).as(type.getSimpleName()).hasSize(1);
        return found.getFirst();
    }

    @Test
    void a_deleted_threads_agent_is_cleaned_up() {
        start();
        ThreadId thread = newThread(Conduct.WAITS);
        TurnId turnId = prompt(thread);
        await("words", _ -> words(turnId).equals("waiting"));
        send(new DeleteThread(thread, now()));

        await("the clean-up", _ -> cleanedUp() == 1);
    }

    @Test
    void a_clean_up_that_nobody_did_is_found_at_the_start() {
        send(new DeleteThread(newThread(Conduct.SPEAKS), now()));
        assertThat(cleanedUp()).isZero();
        start();

        await("the clean-up", _ -> cleanedUp() == 1);
    }

    private int cleanedUp() {
        return model().operations()
                .values()
                .count(operation ->
                        operation instanceof Operation.Cleanup cleanup
                                && cleanup.subject() == Operation.Cleanup.Subject.AGENT
                                && cleanup.state() instanceof OperationState.Cleaned);
    }

    @Test
    void turns_that_a_dead_process_left_open_are_ended_by_the_start_and_never_prompted() {
        ThreadId thread = newThread(Conduct.SPEAKS);
        TurnId open = prompt(thread);
        ThreadId interrupted = newThread(Conduct.SPEAKS);
        TurnId draining = prompt(interrupted);
        send(new InterruptTurn(interrupted, now()));
        start();

        assertThat(turn(open).state()).isInstanceOf(TurnState.Failed.class);
        assertThat(turn(draining).state()).isInstanceOf(TurnState.Interrupted.class);
        assertThat(words(prompted(thread))).isEqualTo("one two three");
        assertThat(words(open) + words(draining)).isEmpty();
    }

    @Test
    void closing_leaves_an_open_turn_to_the_next_start() {
        start();
        ThreadId thread = newThread(Conduct.ASKS);
        TurnId turnId = prompt(thread);
        question(turnId);
        stop();
        assertThat(turn(turnId).state()).isInstanceOf(TurnState.Open.class);
        start();

        assertThat(turn(turnId).state()).isInstanceOf(TurnState.Failed.class);
        assertThat(status(thread)).isEqualTo(new ThreadStatus.Idle());
        TurnId next = prompt(thread);
        approve(thread, question(next).id());
        assertThat(end(next)).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void words_that_the_log_could_not_take_come_again_in_their_order() {
        start();
        ThreadId thread = newThread(Conduct.SPEAKS);
        prompted(thread);
        engine().setOut(true);
        TurnId turnId = prompt(thread);
        await("a refusal", now -> now.refusals() > 2);
        engine().setOut(false);

        assertThat(end(turnId)).isInstanceOf(TurnState.Completed.class);
        assertThat(words(turnId)).isEqualTo("one two three");
    }

    private ThreadId newThread(Conduct conduct) {
        return newThread(newProject(), fixture.agent(conduct));
    }

    private ThreadStatus status(ThreadId thread) {
        return Objects.requireNonNull(model().thread(thread)).status();
    }

    final TurnState end(TurnId turnId) {
        await("the end of " + turnId, _ -> !turn(turnId).state().isLive());
        return turn(turnId).state();
    }

    private PendingAction question(TurnId turnId) {
        await("a question in " + turnId, _ -> !turn(turnId).pending().isEmpty());
        return turn(turnId).pending().head();
    }

    final void approve(ThreadId thread, ActionId action) {
        send(new ApprovePendingAction(thread, action, null, Actor.person("kit"), now()));
    }

    final void reject(ThreadId thread, ActionId action) {
        send(new RejectPendingAction(thread, action, null, null, Actor.person("kit"), now()));
    }

    final List<MessageContent> contents(TurnId turnId) {
        return engine().messages(turnId, 0, Integer.MAX_VALUE).messages().stream()
                .filter(message -> message.role() == Role.ASSISTANT)
                .flatMap(message -> message.content().stream())
                .toList();
    }

    /** All that the agent said in a turn. */
    final String words(TurnId turnId) {
        var words = new StringBuilder();
        for (MessageContent content : contents(turnId)) {
            if (content instanceof MessageContent.Text(var text)) {
                words.append(text);
            }
        }
        return words.toString();
    }
}
