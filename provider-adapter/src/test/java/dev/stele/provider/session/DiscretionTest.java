package dev.stele.provider.session;

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
import dev.stele.provider.rpc.Json;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiscretionTest {
    private static final String KEY = "open-sesame";
    private static final String SECRET = "pa\"ss\\w\u00f6rd-1234567890";

    private final Discretion discretion =
            new Discretion(
                    text -> text.replace(SECRET, "[removed]").replace("123456", "[removed]"),
                    text -> text.replace(SECRET, "[removed]"));

    @Test
    void notices_and_news_of_the_session_lose_secrets_also_where_json_writes_them_otherwise() {
        var raw = Json.object().put("n", 123456).put("Token", "any").put("text", "x " + SECRET);
        raw.putArray("list").add(SECRET).addObject().put("deep", SECRET);
        String clean =
                "{\"n\":123456,\"Token\":\"[removed]\",\"text\":\"x [removed]\","
                        + "\"list\":[\"[removed]\",{\"deep\":\"[removed]\"}]}";

        assertThat(discretion.of(new ProviderEvent.Notice("k", Json.write(raw))))
                .isEqualTo(new ProviderEvent.Notice("k", clean));
        assertThat(
                        discretion.of(
                                new ProviderEvent.SessionUpdate(
                                        "s", "t", "m", "k", Json.write(raw))))
                .isEqualTo(new ProviderEvent.SessionUpdate("s", "t", "m", "k", clean));
        assertThat(discretion.of(new ProviderEvent.Notice("k", "no JSON " + SECRET)))
                .isEqualTo(new ProviderEvent.Notice("k", "no JSON [removed]"));
        assertThat(discretion.of(new ProviderEvent.Retrying("with " + SECRET)))
                .isEqualTo(new ProviderEvent.Retrying("with [removed]"));
    }

    @Test
    void calls_of_tools_lose_keys_and_nothing_else() {
        var result =
                new MessageContent.ToolResult(
                        "c",
                        "KEY=" + SECRET + " 123456",
                        ToolOutcome.SUCCEEDED,
                        List.of(
                                new ToolOutput.TextOutput(SECRET),
                                new ToolOutput.Diff(".env", SECRET, "n" + SECRET)),
                        0,
                        null,
                        false);

        assertThat(discretion.of(new ProviderEvent.ToolResult(result)))
                .isEqualTo(
                        new ProviderEvent.ToolResult(
                                new MessageContent.ToolResult(
                                        "c",
                                        "KEY=[removed] 123456",
                                        ToolOutcome.SUCCEEDED,
                                        List.of(
                                                new ToolOutput.TextOutput("[removed]"),
                                                new ToolOutput.Diff(
                                                        ".env", "[removed]", "n[removed]")),
                                        0,
                                        null,
                                        false)));
    }

    static List<ProviderEvent> events() {
        String says = "say " + KEY;
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
    void a_key_is_in_no_event_and_all_else_stays(ProviderEvent event) {
        UnaryOperator<String> clean = text -> text.replace(KEY, "[removed]");

        ProviderEvent kept = new Discretion(clean, clean).of(event);

        assertThat(kept.toString())
                .doesNotContain(KEY)
                .isEqualTo(event.toString().replace(KEY, "[removed]"));
    }

    @Test
    void every_kind_of_event_is_tried() {
        assertThat(events().stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ProviderEvent.class.getPermittedSubclasses()).toList());
    }
}
