package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.ToolOutput;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person sees before the answer. */
class ApprovalPreviewTest {

    private final Screen screen = new Screen();

    private ApprovalPreview preview(ToolOutput output) {
        return new ApprovalPreview(
                screen.console(),
                new ToolCall("1", "edit", null, null, null, null, null, List.of(output), null));
    }

    @Test
    void a_long_change_is_shown_in_part_and_then_whole() {
        String many =
                IntStream.range(0, 30).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        ApprovalPreview preview = preview(new ToolOutput.Diff("a.txt", null, many));

        preview.show(20);
        assertThat(preview.isCut()).isTrue();
        assertThat(screen.err())
                .startsWith("  creates a.txt\n    +line 0\n")
                .endsWith("    +line 19\n    … 10 more lines\n");

        preview.show(Integer.MAX_VALUE);
        assertThat(preview.isCut()).isFalse();
        assertThat(screen.err()).endsWith("    +line 29\n");
    }

    @Test
    void code_keeps_its_blanks_and_commands_nothing() {
        preview(new ToolOutput.Diff("a.py", "if x:\n\ty\n", "if x:\n\tz\u001b[2J\n")).show(20);

        assertThat(screen.err())
                .isEqualTo("  changes a.py\n     if x:\n    -    y\n    +    z\ufffd[2J\n");
    }

    @Test
    void a_change_that_changes_nothing_says_so() {
        preview(new ToolOutput.Diff("a.txt", "same\n", "same\n")).show(20);

        assertThat(screen.err()).isEqualTo("  changes a.txt\n    (every line stays as it is)\n");
    }
}
