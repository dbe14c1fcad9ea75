package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.tck.MemoryEngine;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetellingTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final ThreadId THREAD = new ThreadId("t");
    private static final ProviderEvent END =
            new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null);

    private final MemoryEngine engine = new MemoryEngine();

    RetellingTest() {
        send(new CreateProject(new ProjectId("p"), "p", "/p", AT));
        send(new CreateThread(THREAD, new ProjectId("p"), "t", "scripted", AT));
    }

    private void send(OrchestrationCommand command) {
        DispatchResult result =
                engine.dispatch(new CommandEnvelope(new CommandId("c"), AT, command)).join();
        assertThat(result).isInstanceOf(DispatchResult.Accepted.class);
    }

    private void turn(String id, String prompt, ProviderEvent... said) {
        var turn = new TurnId(id);
        send(new StartTurn(turn, THREAD, List.of(new MessageContent.Text(prompt)), AT));
        for (ProviderEvent event : said) {
            send(new IngestProviderEvent(THREAD, turn, 0, event, AT));
        }
        send(new IngestProviderEvent(THREAD, turn, 0, END, AT));
    }

    private String told(String last) {
        MessageContent.Resource resource = Retelling.upTo(engine, new TurnId(last));
        return resource == null || resource.text() == null ? "nothing" : resource.text();
    }

    @Test
    void a_conversation_that_has_not_begun_is_not_told() {
        assertThat(Retelling.upTo(engine, null)).isNull();
    }

    @Test
    void turns_are_told_in_their_order_up_to_the_one_that_is_asked_for() {
        turn("u1", "one");
        turn("u2", "two");
        turn("u3", "three");

        assertThat(told("u2"))
                .containsSubsequence("User: one", "User: two")
                .doesNotContain("three");
    }

    @Test
    void the_oldest_words_are_left_out_when_there_are_too_many() {
        turn("u1", "the oldest");
        turn("u2", "the middle " + "x".repeat(99_990));
        turn("u3", "y".repeat(900));

        assertThat(told("u3"))
                .contains("[What was said before this is left out.]\nxxx", "yyy")
                .doesNotContain("the oldest", "the middle")
                .hasSizeLessThan(101_000);
    }

    @Test
    void words_and_calls_are_told_and_thoughts_are_not() {
        turn(
                "u1",
                "one",
                new ProviderEvent.ThinkingDelta("hm", null),
                new ProviderEvent.TextDelta("Yes", null),
                new ProviderEvent.TextDelta(".", null),
                new ProviderEvent.ToolCall(MessageContent.ToolCall.of("tc", "bash", "{}")),
                new ProviderEvent.ToolResult(
                        MessageContent.ToolResult.of("tc", "secret", ToolOutcome.SUCCEEDED)));

        assertThat(told("u1"))
                .containsSubsequence("User: one", "You: Yes.", "[tool call tc: bash]", "succeeded")
                .doesNotContain("hm", "secret");
    }

    @Test
    void of_a_long_turn_the_newest_messages_are_told() {
        ProviderEvent[] said = new ProviderEvent[3_000];
        for (int i = 0; i < said.length; i++) {
            String text = "said-%04d ".formatted(i) + "z".repeat(90);
            said[i] = new ProviderEvent.TextDelta(text, "m" + i);
        }
        turn("u1", "one", said);

        assertThat(told("u1"))
                .contains("[What was said before this is left out.]")
                .containsSubsequence("said-2500", "said-2501", "said-2999")
                .doesNotContain("said-1000", "User: one")
                .hasSizeLessThan(101_000);
    }
}
