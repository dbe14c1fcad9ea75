package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.TurnState;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reactor with the example agent of the protocol's own SDK, an other side that is not ours. The
 * system property {@code stele.test.acp-example} names its file.
 */
@Tag("node")
@Timeout(120)
class ExampleAgentTest {
    @TempDir Path home;
    private ReactorRig rig;

    @BeforeEach
    void start() {
        rig = new ReactorRig(home, ReactorRig.patient());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private ThreadId thread() {
        String file =
                Objects.requireNonNull(
                        System.getProperty("stele.test.acp-example"),
                        "-Dstele.test.acp-example=PATH names the example agent's file");
        return rig.thread("t", "node \"" + file + "\"");
    }

    private ToolOutcome outcome(TurnId turn, String call) {
        return rig.messages(turn).stream()
                .flatMap(message -> message.content().stream())
                .filter(MessageContent.ToolResult.class::isInstance)
                .map(MessageContent.ToolResult.class::cast)
                .filter(result -> result.toolCallId().equals(call))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    @Test
    void an_approved_turn_runs_to_its_end() {
        ThreadId thread = thread();
        TurnId turn = rig.prompt(thread);
        rig.approve(thread, rig.awaitQuestion(turn));

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).contains("I've successfully updated the configuration");
        assertThat(outcome(turn, "call_1")).isEqualTo(ToolOutcome.SUCCEEDED);
        assertThat(outcome(turn, "call_2")).isEqualTo(ToolOutcome.SUCCEEDED);
    }

    @Test
    void a_rejected_call_is_closed_as_rejected() {
        ThreadId thread = thread();
        TurnId turn = rig.prompt(thread);
        rig.reject(thread, rig.awaitQuestion(turn));

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(outcome(turn, "call_2")).isEqualTo(ToolOutcome.REJECTED);
    }

    @Test
    void an_interrupted_turn_drains_and_the_next_one_runs_on_the_same_process() {
        ThreadId thread = thread();
        TurnId turn = rig.prompt(thread);
        rig.awaitWords(turn, "I'll help you");
        long pid = rig.agent().pid();
        rig.interrupt(thread);
        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);

        TurnId second = rig.prompt(thread);
        rig.approve(thread, rig.awaitQuestion(second));
        assertThat(rig.awaitEnd(second)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.agent().pid()).isEqualTo(pid);
    }

    @Test
    void an_interrupt_answers_its_open_question() {
        ThreadId thread = thread();
        TurnId turn = rig.prompt(thread);
        rig.awaitQuestion(turn);
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(outcome(turn, "call_2")).isEqualTo(ToolOutcome.CANCELLED);
    }
}
