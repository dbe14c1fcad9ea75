package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent.TextDelta;
import dev.stele.contracts.ProviderEvent.ThinkingDelta;
import dev.stele.contracts.Role;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.project.Projector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How pieces of words become messages. */
class MessagesTest {

    private static MessageAppended begins(
            int ordinal, MessageContent content, @Nullable String id) {
        return new MessageAppended(TURN, ordinal, Role.ASSISTANT, content, id, AT);
    }

    private static MessageContent said(String text) {
        return new MessageContent.Text(text);
    }

    private static MessageContent thought(String text) {
        return new MessageContent.ThinkingBlock(text);
    }

    private static List<MessageContent> transcript(Spec spec) {
        return spec.said(TURN)
                .messages()
                .tail()
                .toJavaStream()
                .flatMap(message -> message.content().stream())
                .toList();
    }

    @Test
    void the_first_piece_begins_a_message() {
        running().when(says(text("Hel"))).then(begins(1, said("Hel"), null));
        running().when(says(new ThinkingDelta("Hm", "m1"))).then(begins(1, thought("Hm"), "m1"));
    }

    @Test
    void a_further_piece_goes_on() {
        Spec after =
                running()
                        .and(says(text("Hel")))
                        .when(says(text("lo")))
                        .then(new MessageChunkReceived(TURN, 1, "lo"));

        assertThat(transcript(after)).containsExactly(said("Hello"));
    }

    @Test
    void another_message_id_is_another_message() {
        Spec one = running().and(says(new TextDelta("a", "m1")));

        one.when(says(new TextDelta("b", "m1"))).then(new MessageChunkReceived(TURN, 1, "b"));
        one.when(says(new TextDelta("b", "m2"))).then(begins(2, said("b"), "m2"));
        one.when(says(new TextDelta("b", null))).then(begins(2, said("b"), null));
        running()
                .and(says(text("a")))
                .when(says(new TextDelta("b", "m1")))
                .then(begins(2, said("b"), "m1"));
    }

    @Test
    void an_earlier_message_is_never_taken_up_again() {
        running()
                .and(says(new TextDelta("a", "m1")), says(new TextDelta("b", "m2")))
                .when(says(new TextDelta("c", "m1")))
                .then(begins(3, said("c"), "m1"));
    }

    @Test
    void thinking_and_speaking_are_different_messages() {
        Spec after =
                running()
                        .and(says(new ThinkingDelta("hm", "m1")), says(new TextDelta("So", "m1")))
                        .and(says(new TextDelta(" be it", "m1")))
                        .and(says(new ThinkingDelta("...", "m1")));

        assertThat(transcript(after))
                .containsExactly(thought("hm"), said("So be it"), thought("..."));
    }

    @Test
    void a_further_thought_goes_on() {
        running()
                .and(says(new ThinkingDelta("h", "m1")))
                .when(says(new ThinkingDelta("m", "m1")))
                .then(new MessageChunkReceived(TURN, 1, "m"));
    }

    @Test
    void a_tool_call_ends_a_message() {
        running()
                .and(says(text("Let me see.")), says(calls(CALL)))
                .when(says(text("Well.")))
                .then(begins(3, said("Well."), null));
    }

    @Test
    void the_prompt_is_never_continued() {
        Spec after = running().and(says(text(" And more.")));

        assertThat(after.said(TURN).messages().get(0))
                .isEqualTo(new Message(0, Role.USER, new Message.Body.Prompt(PROMPT), AT));
    }

    @Test
    void an_empty_piece_is_nothing() {
        running().when(says(text(""))).thenNothingHappened();
        running().and(says(text("a"))).when(says(text(""))).thenNothingHappened();
        running().when(says(new ThinkingDelta("", "m1"))).thenNothingHappened();
    }

    @Test
    void half_a_character_never_gets_into_the_log() {
        Spec after = running().when(says(text("a\uD83D"))).then(begins(1, said("a\uFFFD"), null));

        assertThat(transcript(after)).containsExactly(said("a\uFFFD"));
    }

    @Test
    void a_hundred_thousand_pieces_are_their_concatenation() {
        OrchestrationReadModel model = running().model();
        var expected = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            String piece = i + " ";
            expected.append(piece);
            var decision = (Decision.Accepted) Decider.decide(says(text(piece)), model);
            for (OrchestrationEvent event : decision.events()) {
                model = Projector.project(model, event);
            }
        }

        assertThat(transcript(new Spec(model))).isEqualTo(List.of(said(expected.toString())));
    }
}
