package dev.stele.provider.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import dev.stele.provider.rpc.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscretionTest {
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

    @Test
    void words_are_kept_as_they_are() {
        var words = new ProviderEvent.TextDelta("your " + SECRET, null);

        assertThat(discretion.of(words)).isSameAs(words);
    }
}
