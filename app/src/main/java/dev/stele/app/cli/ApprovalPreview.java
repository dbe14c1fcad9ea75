package dev.stele.app.cli;

import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.ToolOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent wants to do, as far as it tells before it is allowed: most of all the change. */
final class ApprovalPreview {

    private static final int LONGEST_LINE = 400;

    private final Console console;
    private final List<ToolOutput> parts;
    private boolean cut;

    /**
     * A preview.
     *
     * @param call what is asked about; null when the agent does not say
     */
    ApprovalPreview(Console console, @Nullable ToolCall call) {
        this.console = console;
        this.parts = call == null || call.content() == null ? List.of() : call.content();
    }

    /**
     * Shows it.
     *
     * @param limit how many lines of each part
     */
    void show(int limit) {
        cut = false;
        parts.forEach(part -> show(part, limit));
    }

    /** Whether there is more than was shown. */
    boolean isCut() {
        return cut;
    }

    private void show(ToolOutput output, int limit) {
        switch (output) {
            case ToolOutput.Diff diff -> {
                console.say("  " + Phrases.change(diff));
                List<String> lines = LineDiff.of(diff.oldText(), diff.newText());
                lines(lines.isEmpty() ? List.of("(every line stays as it is)") : lines, limit);
            }
            case ToolOutput.TextOutput(var text) -> lines(text.lines().toList(), limit);
            case ToolOutput.TerminalOutput _, ToolOutput.RawOutput _ -> {}
        }
    }

    private void lines(List<String> lines, int limit) {
        lines.stream().limit(limit).forEach(line -> console.say("    " + styled(line)));
        if (lines.size() > limit) {
            cut = true;
            console.say("    … " + Phrases.count(lines.size() - limit, "more line"));
        }
    }

    private String styled(String line) {
        String safe = SafeText.code(line, LONGEST_LINE);
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> console.styled(Style.GREEN, safe);
            case '-' -> console.styled(Style.RED, safe);
            default -> safe;
        };
    }
}
