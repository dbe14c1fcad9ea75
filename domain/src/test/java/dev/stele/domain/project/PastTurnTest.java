package dev.stele.domain.project;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ToolOutcome;
import dev.stele.domain.decide.Spec;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Transcript.Past;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a turn that is over has said is not in the model, and is read from the log. */
class PastTurnTest {

    private final List<StoredEvent> log = new ArrayList<>();
    private long furthest;

    private void fact(OrchestrationEvent event) {
        log.add(new StoredEvent(log.size() + 1L, event, AT));
    }

    private void message(MessageContent content) {
        fact(new MessageAppended(TURN, (int) messages(), Role.ASSISTANT, content, null, AT));
    }

    private long messages() {
        return log.stream()
                .map(StoredEvent::event)
                .filter(e -> e instanceof TurnStarted || e instanceof MessageAppended)
                .filter(e -> e instanceof TurnEvent t && t.turnId().equals(TURN))
                .count();
    }

    private PastTurn read() {
        return new PastTurn(
                TURN,
                new Past(1, log.size(), (int) messages()),
                (after, limit) -> {
                    int end = (int) Math.min(log.size(), after + limit);
                    furthest = Math.max(furthest, limit);
                    return log.subList((int) after, end);
                });
    }

    private static List<MessageContent> contents(List<Message> messages) {
        return messages.stream().flatMap(message -> message.content().stream()).toList();
    }

    private static MessageContent words(String text) {
        return new MessageContent.Text(text);
    }

    @Test
    void facts_of_other_turns_among_its_own_are_passed_over() {
        fact(new TurnStarted(TURN, THREAD, PROMPT, AT));
        fact(new TurnStarted(SECOND_TURN, SECOND_THREAD, PROMPT, AT));
        message(words("a"));
        fact(new MessageAppended(SECOND_TURN, 1, Role.ASSISTANT, words("x"), null, AT));
        fact(new MessageChunkReceived(SECOND_TURN, 1, "y"));
        fact(new MessageChunkReceived(TURN, 1, "b"));

        assertThat(contents(read().messages(1, 9))).containsExactly(words("ab"));
        assertThat(contents(read().messages(0, 9))).hasSize(2);
    }

    @Test
    void a_tool_call_is_told_as_it_was_known_in_the_end() {
        fact(new TurnStarted(TURN, THREAD, PROMPT, AT));
        message(MessageContent.ToolCall.of(CALL, "bash", "{}"));
        message(MessageContent.ToolResult.of(CALL, "ok", ToolOutcome.SUCCEEDED));
        fact(new ToolCallUpdated(TURN, 1, MessageContent.ToolCall.of(CALL, null, "{\"a\":1}")));

        assertThat(contents(read().messages(1, 1)))
                .containsExactly(MessageContent.ToolCall.of(CALL, "bash", "{\"a\":1}"));
    }

    @Test
    void a_page_ends_where_it_holds_enough_characters_and_the_next_one_goes_on() {
        String half = "x".repeat((int) TranscriptPart.MOST_CHARACTERS / 2);
        fact(new TurnStarted(TURN, THREAD, PROMPT, AT));
        for (int i = 0; i < 5; i++) {
            message(words(half));
            fact(new MessageChunkReceived(TURN, i + 1, "" + i));
        }

        List<Message> first = read().messages(1, 5);
        List<Message> second = read().messages(2, 5);

        assertThat(first).hasSize(1);
        assertThat(first.getFirst().content()).containsExactly(words(half + "0"));
        assertThat(second.getFirst().content()).containsExactly(words(half + "1"));
    }

    @Test
    void a_message_that_is_longer_than_a_page_is_a_page() {
        String long1 = "x".repeat((int) TranscriptPart.MOST_CHARACTERS + 1);
        fact(new TurnStarted(TURN, THREAD, PROMPT, AT));
        message(words(long1));
        message(words("end"));

        assertThat(contents(read().messages(1, 5))).containsExactly(words(long1));
    }

    @Test
    void the_log_is_read_a_page_at_a_time() {
        fact(new TurnStarted(TURN, THREAD, PROMPT, AT));
        message(words("a"));
        for (int i = 0; i < 5_000; i++) {
            fact(new MessageChunkReceived(TURN, 1, "b"));
        }
        message(words("end"));

        assertThat(contents(read().messages(1, 1))).containsExactly(words("a" + "b".repeat(5_000)));
        assertThat(contents(read().messages(2, 1))).containsExactly(words("end"));
        assertThat(furthest).isEqualTo(1_000);
    }

    @Test
    void an_agent_that_said_nothing_has_no_last_words() {
        fact(new TurnStarted(TURN, THREAD, PROMPT, AT));
        message(new MessageContent.ThinkingBlock("hm"));

        assertThat(read().lastWords()).isNull();
    }

    @Test
    void the_last_words_are_found_before_other_messages() {
        fact(new TurnStarted(TURN, THREAD, PROMPT, AT));
        message(words("first"));
        message(words("las"));
        fact(new MessageChunkReceived(TURN, 2, "t"));
        message(MessageContent.ToolCall.of(CALL, "bash", "{}"));

        Message last = read().lastWords();

        assertThat(last == null ? List.of() : last.content()).containsExactly(words("last"));
    }

    /** Facts that no decider writes about a turn that is over. */
    static List<OrchestrationEvent> lateFacts() {
        return List.of(
                new MessageAppended(TURN, 1, Role.ASSISTANT, words("late"), null, AT),
                new MessageChunkReceived(TURN, 0, "late"),
                new PlanUpdated(TURN, List.of()),
                new ApprovalRequested(TURN, ACTION, null, "Late", OPTIONS, AT),
                new TurnInterrupted(TURN, InterruptCause.REQUESTED, AT),
                new TurnInterrupted(TURN, InterruptCause.DELETED, AT),
                new TurnCompleted(TURN, StopReason.END_TURN, null, null, null, AT),
                new TurnFailed(TURN, CRASH, AT),
                new TurnDrained(TURN, "late", AT));
    }

    @ParameterizedTest
    @MethodSource("lateFacts")
    void nothing_is_said_in_a_turn_that_is_over(OrchestrationEvent late) {
        Spec over = running().and(says(done()));

        assertThat(Projector.project(over.model(), late)).isEqualTo(over.model());
    }
}
