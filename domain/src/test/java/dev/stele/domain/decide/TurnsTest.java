package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.*;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.Role;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThreadStatus.*;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TurnsTest {

    @Test
    void a_prompt_starts_a_turn() {
        idle().when(start(TURN))
                .then(
                        new TurnStarted(TURN, THREAD, PROMPT, AT),
                        new ThreadStatusChanged(THREAD, new Running(TURN)));
    }

    @Test
    void the_prompt_is_the_first_message() {
        assertThat(running().said(TURN).messages())
                .containsExactly(new Message(0, Role.USER, new Message.Body.Prompt(PROMPT), AT));
    }

    static List<List<MessageContent>> emptyPrompts() {
        return List.of(List.of(), List.of(new Text("")), List.of(new Text(" \n"), new Text("\t")));
    }

    @ParameterizedTest
    @MethodSource("emptyPrompts")
    void an_empty_prompt_starts_nothing(List<MessageContent> prompt) {
        idle().when(new StartTurn(TURN, THREAD, prompt, AT))
                .thenRejected(
                        new InvalidInput("prompt", "it is empty; say what the agent is to do."));
    }

    static List<MessageContent> speechOfAgents() {
        return List.of(
                new ThinkingBlock("hm"),
                MessageContent.ToolCall.of(CALL, "bash", "{}"),
                MessageContent.ToolResult.of(CALL, "ok", ToolOutcome.SUCCEEDED));
    }

    @ParameterizedTest
    @MethodSource("speechOfAgents")
    void a_prompt_holds_nothing_that_only_agents_say(MessageContent content) {
        idle().when(new StartTurn(TURN, THREAD, List.of(new Text("See:"), content), AT))
                .thenRejected(
                        new InvalidInput(
                                "prompt",
                                "it holds something other than text, images and resources."));
    }

    @Test
    void a_prompt_may_be_a_picture_or_a_resource_without_words() {
        List<MessageContent> prompt =
                List.of(
                        new Image("image/png", "AAAA", null),
                        new Resource("file:///a", null, "a", null),
                        new ResourceLink("file:///b", "b", null));

        idle().when(new StartTurn(TURN, THREAD, prompt, AT))
                .then(
                        new TurnStarted(TURN, THREAD, prompt, AT),
                        new ThreadStatusChanged(THREAD, new Running(TURN)));
    }

    @Test
    void a_turn_needs_its_thread() {
        Spec.given().when(start(TURN)).thenRejected(new ThreadNotFound(THREAD));
    }

    @Test
    void a_turn_id_is_taken_once_and_for_ever() {
        afterATurn().when(start(TURN)).thenRejected(new TurnAlreadyExists(TURN));
        afterATurn()
                .and(deleteThread(), createThread(SECOND_THREAD))
                .when(start(TURN, SECOND_THREAD))
                .thenRejected(new TurnAlreadyExists(TURN));
    }

    @Test
    void a_busy_thread_refuses_a_second_turn() {
        running().when(start(SECOND_TURN)).thenRejected(new ThreadBusy(THREAD, TURN));
        awaiting().when(start(SECOND_TURN)).thenRejected(new ThreadBusy(THREAD, TURN));
    }

    @Test
    void another_thread_of_the_project_may_start_a_turn_meanwhile() {
        running()
                .and(createThread(SECOND_THREAD))
                .when(start(SECOND_TURN, SECOND_THREAD))
                .then(
                        new TurnStarted(SECOND_TURN, SECOND_THREAD, PROMPT, AT),
                        new ThreadStatusChanged(SECOND_THREAD, new Running(SECOND_TURN)));
    }

    @Test
    void the_next_turn_may_start_while_the_one_before_it_drains() {
        draining()
                .when(start(SECOND_TURN))
                .then(
                        new TurnStarted(SECOND_TURN, THREAD, PROMPT, AT),
                        new ThreadStatusChanged(THREAD, new Running(SECOND_TURN)));
    }

    @ParameterizedTest
    @EnumSource
    void no_turn_starts_in_a_project_while_a_restore_is_under_way(RestoreScope scope) {
        Spec restoring = afterATurn().and(restore("r1", CheckpointId.before(TURN), scope));
        var refusal = new RestoreInProgress(new OperationId("r1"));

        restoring.when(start(SECOND_TURN)).thenRejected(refusal);
        restoring
                .and(createThread(SECOND_THREAD))
                .when(start(SECOND_TURN, SECOND_THREAD))
                .thenRejected(refusal);
        restoring.and(restored("r1"), start(SECOND_TURN));
    }

    @Test
    void a_running_turn_is_interrupted() {
        running()
                .when(interrupt())
                .then(
                        new TurnInterrupted(TURN, InterruptCause.REQUESTED, AT),
                        new ThreadStatusChanged(THREAD, new Idle()));
    }

    @Test
    void an_idle_thread_has_nothing_to_interrupt() {
        idle().when(interrupt()).thenRejected(new NoRunningTurn(THREAD));
        afterATurn().when(interrupt()).thenRejected(new NoRunningTurn(THREAD));
        draining().when(interrupt()).thenRejected(new NoRunningTurn(THREAD));
        Spec.given().when(interrupt()).thenRejected(new ThreadNotFound(THREAD));
    }

    @Test
    void turns_with_the_longest_ids_start_and_end_like_any_other() {
        var one = new TurnId("x".repeat(99) + "1");
        var two = new TurnId("x".repeat(99) + "2");

        Spec after = afterTurns(one, two);

        assertThat(after.model().checkpoints().size()).isEqualTo(4);
        assertThat(after.model().lanes().open().isEmpty()).isTrue();
    }
}
