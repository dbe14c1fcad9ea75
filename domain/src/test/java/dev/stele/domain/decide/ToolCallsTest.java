package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent.*;
import dev.stele.contracts.Role;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutcome;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.Transcript;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolCallsTest {

    private static MessageAppended message(int ordinal, MessageContent content) {
        return new MessageAppended(TURN, ordinal, Role.ASSISTANT, content, null, AT);
    }

    private static Transcript.Live said(Spec spec) {
        return spec.said(TURN);
    }

    private static MessageContent.ToolCall titled(@Nullable String title, @Nullable String input) {
        return new MessageContent.ToolCall(
                CALL, null, input, title, ToolKind.EXECUTE, null, null, null, null);
    }

    @Test
    void the_tool_call_bash_with_id_tc_123_keeps_name_and_id_apart() {
        var call = new ToolCall(MessageContent.ToolCall.of("tc_123", "bash", "{\"cmd\":\"ls\"}"));

        Spec after =
                running()
                        .when(says(call))
                        .then(
                                message(
                                        1,
                                        MessageContent.ToolCall.of(
                                                "tc_123", "bash", "{\"cmd\":\"ls\"}")));

        assertThat(said(after).toolCall("tc_123"))
                .extracting("name", "id")
                .containsExactly("bash", "tc_123");
        assertThat(said(after).isOpenCall("tc_123")).isTrue();
        assertThat(said(after).toolCall("bash")).isNull();
    }

    @Test
    void the_result_finds_the_call_tc_123_by_its_id() {
        Spec after =
                running()
                        .and(says(calls("tc_122")), says(calls("tc_123")), says(text("...")))
                        .when(says(returns("tc_123")))
                        .then(
                                message(
                                        4,
                                        MessageContent.ToolResult.of(
                                                "tc_123", "ok", ToolOutcome.SUCCEEDED)));

        assertThat(said(after).isOpenCall("tc_123")).isFalse();
        assertThat(said(after).isOpenCall("tc_122")).isTrue();
    }

    @Test
    void calls_of_one_tool_are_told_apart_by_their_ids() {
        Spec after = running().and(says(calls("tc_1")), says(calls("tc_2")));

        assertThat(said(after).toolCalls().size()).isEqualTo(2);
        assertThat(said(after).openCalls()).containsExactly(1, 2);
    }

    @Test
    void a_later_word_of_a_known_call_tells_only_what_is_new() {
        Spec named = running().and(says(calls(CALL)));

        Spec after =
                named.when(says(new ToolCall(titled("List files", "{\"cmd\":\"ls\"}"))))
                        .then(new ToolCallUpdated(TURN, 1, titled("List files", null)));

        assertThat(said(after).toolCall(CALL))
                .isEqualTo(
                        new MessageContent.ToolCall(
                                CALL,
                                "bash",
                                "{\"cmd\":\"ls\"}",
                                "List files",
                                ToolKind.EXECUTE,
                                null,
                                null,
                                null,
                                null));
    }

    @Test
    void a_later_word_that_tells_nothing_new_is_nothing() {
        running().and(says(calls(CALL))).when(says(calls(CALL))).thenNothingHappened();
    }

    @Test
    void an_update_leaves_the_call_where_it_stands() {
        Spec after =
                running()
                        .and(says(calls(CALL)), says(text("Working.")))
                        .and(says(new ToolCall(titled("List files", null))));

        assertThat(said(after).messages().size()).isEqualTo(3);
        assertThat(said(after).lastMessage().content())
                .isEqualTo(List.of(new MessageContent.Text("Working.")));
    }

    @Test
    void a_result_of_an_unknown_call_is_kept_and_marked() {
        running()
                .when(says(returns("tc_9")))
                .then(
                        message(
                                1,
                                MessageContent.ToolResult.of("tc_9", "ok", ToolOutcome.SUCCEEDED)
                                        .withUnmatched(true)));
    }

    @Test
    void a_second_result_of_a_call_is_kept_and_marked() {
        running()
                .and(says(calls(CALL)), says(returns(CALL)))
                .when(says(returns(CALL)))
                .then(
                        message(
                                3,
                                MessageContent.ToolResult.of(CALL, "ok", ToolOutcome.SUCCEEDED)
                                        .withUnmatched(true)));
    }

    @Test
    void what_a_provider_says_of_the_mark_does_not_count() {
        var result = MessageContent.ToolResult.of(CALL, "ok", ToolOutcome.FAILED);

        running()
                .and(says(calls(CALL)))
                .when(says(new ToolResult(result.withUnmatched(true))))
                .then(message(2, result));
    }
}
