package dev.stele.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.ToolOutput.TextOutput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageContentTest {

    private static final ToolCall FULL =
            new ToolCall(
                    "tc_1",
                    "bash",
                    "{\"cmd\":\"ls\"}",
                    "List files",
                    ToolKind.EXECUTE,
                    ToolCallStatus.PENDING,
                    List.of(new ToolLocation("a.txt", 3)),
                    List.of(new TextOutput("working")),
                    "tc_0");

    @Test
    void an_update_with_nothing_but_the_id_changes_nothing() {
        ToolCall blank = ToolCall.of("tc_1", null, null);

        assertThat(blank.isBlank()).isTrue();
        assertThat(FULL.mergedWith(blank)).isEqualTo(FULL);
        assertThat(FULL.changedBy(blank).isBlank()).isTrue();
    }

    @Test
    void a_first_word_takes_every_field_from_a_later_one() {
        ToolCall first = ToolCall.of("tc_1", null, null);

        assertThat(first.mergedWith(FULL)).isEqualTo(FULL);
        assertThat(first.changedBy(FULL)).isEqualTo(FULL);
    }

    @Test
    void a_change_holds_only_what_is_new() {
        ToolCall update =
                new ToolCall(
                        "tc_1",
                        "bash",
                        null,
                        "List all files",
                        ToolKind.EXECUTE,
                        ToolCallStatus.IN_PROGRESS,
                        List.of(),
                        null,
                        null);

        ToolCall change = FULL.changedBy(update);

        assertThat(change)
                .isEqualTo(
                        new ToolCall(
                                "tc_1",
                                null,
                                null,
                                "List all files",
                                null,
                                ToolCallStatus.IN_PROGRESS,
                                List.of(),
                                null,
                                null));
        assertThat(FULL.mergedWith(change)).isEqualTo(FULL.mergedWith(update));
    }

    @Test
    void an_update_replaces_lists_and_never_touches_the_id() {
        ToolCall update =
                new ToolCall(
                        "other",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(new TextOutput("done")),
                        null);

        ToolCall merged = FULL.mergedWith(update);

        assertThat(merged.id()).isEqualTo("tc_1");
        assertThat(merged.content()).containsExactly(new TextOutput("done"));
        assertThat(merged.locations()).isEqualTo(FULL.locations());
    }

    @Test
    void lists_are_copied_and_cannot_be_changed() {
        List<ToolOutput> shown = new ArrayList<>(List.of(new TextOutput("one")));
        var result = new ToolResult("tc_1", null, ToolOutcome.SUCCEEDED, shown, null, null, false);

        shown.clear();

        assertThat(result.content()).containsExactly(new TextOutput("one"));
        assertThatThrownBy(() -> result.content().add(new TextOutput("two")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void marking_a_result_changes_nothing_else_of_it() {
        var result =
                new ToolResult(
                        "tc_1",
                        "out",
                        ToolOutcome.FAILED,
                        List.of(new TextOutput("one")),
                        3,
                        "failed",
                        false);

        assertThat(result.withUnmatched(true))
                .isEqualTo(
                        new ToolResult(
                                "tc_1",
                                "out",
                                ToolOutcome.FAILED,
                                List.of(new TextOutput("one")),
                                3,
                                "failed",
                                true));
    }
}
