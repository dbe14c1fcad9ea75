package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {
    private static final String SECRET = "open-sesame";
    private static final Redaction REDACTION =
            new Redaction(text -> text.replace(SECRET, "[removed]"));

    static List<ProviderEvent> events() {
        String says = "say " + SECRET;
        return List.of(
                new ProviderEvent.TextDelta(says, "m"),
                new ProviderEvent.ThinkingDelta(says, "m"),
                new ProviderEvent.ToolCall(call(says)),
                new ProviderEvent.ToolResult(
                        new MessageContent.ToolResult(
                                "c", says, ToolOutcome.SUCCEEDED, outputs(says), 0, null, false)),
                new ProviderEvent.AwaitingApproval(
                        new ActionId("a"),
                        "c",
                        says,
                        List.of(new PermissionOption("o", says, PermissionOption.Kind.ALLOW_ONCE))),
                new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null),
                new ProviderEvent.Error(
                        ProviderError.of(ProviderError.Scope.TURN, ProviderError.Kind.AUTH, says)),
                new ProviderEvent.ApprovalWithdrawn(new ActionId("a")),
                new ProviderEvent.PlanUpdate(List.of(new PlanEntry(says, "pending", null))),
                new ProviderEvent.UsageUpdate(
                        new TokenUsage(1L, null, null, null, null, null, null, null, null)),
                new ProviderEvent.SessionUpdate("s", says, "m", "k", '"' + says + '"'),
                new ProviderEvent.Retrying(says),
                new ProviderEvent.Notice("k", '"' + says + '"'));
    }

    private static MessageContent.ToolCall call(String says) {
        return MessageContent.ToolCall.of("c", "bash", '"' + says + '"')
                .mergedWith(
                        new MessageContent.ToolCall(
                                "c", null, null, says, null, null, null, outputs(says), null));
    }

    private static List<ToolOutput> outputs(String says) {
        return List.of(
                new ToolOutput.TextOutput(says),
                new ToolOutput.Diff("path", says, says),
                new ToolOutput.TerminalOutput("t"),
                new ToolOutput.RawOutput('"' + says + '"'));
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_secret_is_in_no_event_and_all_else_stays(ProviderEvent event) {
        String clean = REDACTION.of(event).toString();

        assertThat(clean).doesNotContain(SECRET);
        assertThat(clean).isEqualTo(event.toString().replace(SECRET, "[removed]"));
    }

    @Test
    void every_kind_of_event_is_tried() {
        assertThat(events().stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ProviderEvent.class.getPermittedSubclasses()).toList());
    }
}
