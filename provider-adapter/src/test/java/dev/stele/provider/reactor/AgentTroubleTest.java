package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteRestore;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnDrained;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.model.TurnState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that misbehave, and a writer that cannot take what they say. */
@Timeout(120)
class AgentTroubleTest {
    private static final Duration LONG = ReactorRig.SOON;
    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir Path home;
    private ReactorRig rig;

    @BeforeEach
    void start() {
        rig = new ReactorRig(home, ReactorRig.patient());
    }

    private void start(Limits limits) {
        rig.close();
        rig = new ReactorRig(home, limits);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void an_agent_that_is_not_installed_fails_the_turn_with_what_to_do() {
        assertThat(rig.failure(rig.prompt(rig.thread("t", "no-such-agent --acp"))))
                .isEqualTo(
                        "START: The agent cannot be started: the program 'no-such-agent' is not on"
                                + " the PATH. Install it, or name its full path. 'stele agents' shows"
                                + " the agents that are known.");
    }

    @Test
    void an_agent_by_its_configured_name_is_started_by_its_command_line() {
        rig.close();
        rig =
                new ReactorRig(
                        home,
                        ReactorRig.patient(),
                        new TestEngine(),
                        Map.of("mine", "sh -c 'echo I am mine >&2; exit 3'"));

        assertThat(rig.failure(rig.prompt(rig.thread("t", "mine"))))
                .contains("'mine' (sh -c 'echo I am mine >&2; exit 3')", "I am mine");
    }

    @Test
    void an_agent_that_ends_at_once_fails_the_turn_with_its_last_words() {
        assertThat(
                        rig.failure(
                                rig.prompt(
                                        rig.thread(
                                                "t", "sh -c 'echo no configuration >&2; exit 3'"))))
                .startsWith("START: The agent 'sh -c 'echo no configuration >&2; exit 3'' ended")
                .contains("ended with exit code 3 before it could be used")
                .contains("It last wrote: no configuration.");
    }

    @Test
    void an_agent_that_prints_something_else_fails_the_turn_with_what_it_printed() {
        assertThat(rig.failure(rig.prompt(rig.thread("t", "echo hello world"))))
                .contains("ended with exit code 0", "It printed: 'hello world'");
    }

    @Test
    void an_agent_that_never_answers_its_start_is_ended_after_the_limit() {
        start(new Limits(SHORT, LONG, LONG, LONG, 100, 1 << 20));
        TurnId turn = rig.prompt(rig.thread("t", "sh -c 'echo waiting >&2; sleep 1000'"));

        assertThat(rig.failure(turn))
                .startsWith("TIMEOUT: The agent 'sh -c 'echo waiting >&2; sleep 1000'' did not")
                .contains("did not answer initialize within 700 ms. It last wrote: waiting.");
        assertThat(rig.agents()).isEmpty();
    }

    @Test
    void a_script_that_cannot_be_played_fails_the_turn_with_the_place() {
        ThreadId thread = rig.scripted("t", "{\"steps\": [{\"say\": \"a\"}, {\"sing\": \"b\"}]}");

        assertThat(rig.failure(rig.prompt(thread)))
                .contains("cannot be played: steps[1] needs exactly one of answer, append, ask,");
    }

    @Test
    void a_script_that_is_not_there_fails_the_turn() {
        assertThat(rig.failure(rig.prompt(rig.thread("t", "scripted:nowhere.json"))))
                .contains("nowhere.json is not there");
    }

    @Test
    void a_crash_fails_the_turn_and_the_next_prompt_starts_the_agent_anew() {
        ThreadId thread = rig.scripted("t", "{\"steps\": [{\"say\": \"half\"}, {\"crash\": 7}]}");
        TurnId turn = rig.prompt(thread);

        assertThat(rig.failure(turn))
                .startsWith("CRASH: The agent 'scripted:")
                .contains("ended with exit code 7 in the middle of the turn.");
        assertThat(rig.words(turn)).isEqualTo("half");
        rig.write("t.json", "{\"steps\": [{\"say\": \"again\"}]}");
        TurnId second = rig.prompt(thread);
        rig.awaitEnd(second);
        assertThat(rig.words(second)).isEqualTo("again");
    }

    @Test
    void a_crash_ends_what_the_agent_had_started_before_the_turn_ends() {
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"steps": [
                            {"run": "sleep 1000 >/dev/null 2>&1 & echo $! > pid", "ask": false},
                            {"crash": 7}]}
                        """);
        rig.awaitEnd(rig.prompt(thread));

        long pid = Long.parseLong(rig.file("t", "pid").strip());
        assertThat(ReactorRig.isGone(pid)).isTrue();
    }

    @Test
    void an_agent_that_takes_no_notice_of_an_interrupt_is_killed_after_the_limit() {
        start(new Limits(LONG, LONG, SHORT, LONG, 100, 1 << 20));
        ThreadId thread = rig.scripted("t", "{\"turns\": [[{\"say\": \"x\"}, {\"hang\": true}]]}");
        TurnId turn = rig.prompt(thread);
        rig.awaitWords(turn, "x");
        long pid = rig.agent().pid();
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(ReactorRig.isGone(pid)).isTrue();
        assertThat(rig.engine.facts())
                .filteredOn(TurnDrained.class::isInstance)
                .singleElement()
                .satisfies(fact ->
                        assertThat(((TurnDrained) fact).end())
                                .contains("did not stop within 700 ms of the cancel"));
        rig.write("t.json", "{\"steps\": [{\"say\": \"fresh\"}]}");
        TurnId second = rig.prompt(thread);
        rig.awaitEnd(second);
        assertThat(rig.words(second)).isEqualTo("fresh");
    }

    @Test
    void an_agent_that_also_ignores_signals_is_killed() {
        start(new Limits(LONG, LONG, SHORT, LONG, 100, 1 << 20));
        rig.write("deaf.json", "{\"steps\": [{\"say\": \"x\"}, {\"hang\": true}]}");
        ThreadId thread =
                rig.thread(
                        "t",
                        "sh -c 'trap \"\" TERM; %s; sleep 1000; sleep 1000'"
                                .formatted(scriptedCommand("deaf.json")));
        TurnId turn = rig.prompt(thread);
        rig.awaitWords(turn, "x");
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(rig.agents()).isEmpty();
    }

    private String scriptedCommand(String script) {
        return String.join(
                " ", dev.stele.provider.scripted.ScriptedCommand.words(home.resolve(script)));
    }

    @Test
    void a_silent_agent_is_cancelled_and_the_turn_says_so() {
        start(new Limits(LONG, SHORT, LONG, LONG, 100, 1 << 20));
        TurnId turn = rig.prompt(rig.scripted("t", "{\"steps\": [{\"waitForCancel\": true}]}"));

        assertThat(rig.awaitEnd(turn))
                .isInstanceOfSatisfying(
                        TurnState.Completed.class,
                        end -> {
                            assertThat(end.stopReason()).isEqualTo(StopReason.CANCELLED);
                            assertThat(end.cause()).isEqualTo("silence");
                        });
    }

    @Test
    void a_silent_agent_that_ignores_the_cancel_too_is_killed() {
        start(new Limits(LONG, SHORT, SHORT, LONG, 100, 1 << 20));
        TurnId turn = rig.prompt(rig.scripted("t", "{\"steps\": [{\"hang\": true}]}"));

        assertThat(rig.failure(turn)).startsWith("TIMEOUT: ").contains("did not stop within");
        assertThat(rig.agents()).isEmpty();
    }

    @Test
    void waiting_for_an_approval_is_no_silence() {
        start(new Limits(LONG, SHORT, LONG, LONG, 100, 1 << 20));
        ThreadId asks = rig.scripted("asks", "{\"steps\": [{\"ask\": \"May I?\"}]}");
        ThreadId silent = rig.scripted("silent", "{\"steps\": [{\"waitForCancel\": true}]}");
        TurnId asking = rig.prompt(asks);
        var question = rig.awaitQuestion(asking);
        TurnId waiting = rig.prompt(silent);
        rig.awaitEnd(waiting);

        assertThat(rig.turn(asking).state()).isInstanceOf(TurnState.Open.class);
        rig.approve(asks, question);
        assertThat(rig.awaitEnd(asking))
                .isInstanceOfSatisfying(
                        TurnState.Completed.class,
                        end -> assertThat(end.stopReason()).isEqualTo(StopReason.END_TURN));
    }

    @Test
    void a_message_beyond_the_limit_is_reported_and_the_turn_goes_on() {
        start(new Limits(LONG, LONG, LONG, LONG, 100, 2_000));
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"steps": [{"say": "long ", "times": 1000}, {"say": "short"}]}
                        """);
        TurnId turn = rig.prompt(thread);
        rig.awaitEnd(turn);

        assertThat(rig.words(turn)).isEqualTo("short");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void what_the_writer_could_not_take_is_sent_again_in_order(int failures) {
        String words = "0123456789".repeat(30);
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"steps": [{"say": "%s", "chunk": 1, "everyMillis": 2}, {"ask": "go on?"}]}
                        """
                                .formatted(words));
        TurnId turn = rig.prompt(thread);
        TestEngine.await("words", () -> !rig.words(turn).isEmpty());
        rig.engine.setOut(true);
        TestEngine.await("failures", () -> rig.engine.failures() >= failures);
        rig.engine.setOut(false);
        rig.approve(thread, rig.awaitQuestion(turn));
        rig.awaitEnd(turn);

        assertThat(rig.words(turn)).isEqualTo(words);
        List<Long> sequences =
                rig.engine.ingested().stream()
                        .filter(event -> turn.equals(event.turnId()))
                        .map(IngestProviderEvent::providerSequence)
                        .toList();
        assertThat(sequences)
                .isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
    }

    @Test
    void an_interrupt_reaches_the_agent_while_the_writer_takes_nothing() {
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"steps": [{"run": "echo $$ > pid; exec sleep 1000", "ask": false}]}
                        """);
        TurnId turn = rig.prompt(thread);
        TestEngine.await("the command", () -> rig.file("t", "pid").endsWith("\n"));
        long pid = Long.parseLong(rig.file("t", "pid").strip());
        rig.engine.setFull(true);
        rig.interrupt(thread);
        TestEngine.await("the command's end", () -> ReactorRig.isGone(pid));
        rig.engine.setFull(false);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
    }

    @Test
    void a_full_writer_makes_the_agent_wait_and_nothing_is_lost() {
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"steps": [{"say": "0123456789", "times": 2000, "chunk": 1},
                                   {"write": "done.txt", "content": "done", "ask": false}]}
                        """);
        TurnId turn = rig.prompt(thread);
        TestEngine.await("words", () -> rig.words(turn).length() > 100);
        rig.engine.setFull(true);
        ProcessHandle agent = rig.agent();
        TestEngine.await("the agent's standstill", () -> standsStill(agent));
        assertThat(rig.file("t", "done.txt")).isEqualTo("(none)");
        rig.engine.setFull(false);
        rig.awaitEnd(turn);

        assertThat(rig.words(turn)).isEqualTo("0123456789".repeat(2000));
    }

    private static boolean standsStill(ProcessHandle process) {
        Duration used = process.info().totalCpuDuration().orElseThrow();
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        return process.info().totalCpuDuration().orElseThrow().minus(used).toMillis() < 20;
    }

    @Test
    void a_restored_conversation_goes_on_with_a_session_that_does_not_know_better() {
        ThreadId thread = rig.scripted("t", "{\"steps\": [{\"say\": \"turn ${turn}\"}]}");
        TurnId first = rig.prompt(thread);
        rig.awaitEnd(first);
        rig.awaitEnd(rig.prompt(thread));
        var restore = new OperationId("restore");
        TestEngine.await("the checkpoint", () -> rig.engine.model().lanes().open().isEmpty());
        rig.send(
                new OrchestrationCommand.RestoreCheckpoint(
                        restore,
                        CheckpointId.after(first),
                        RestoreScope.CONVERSATION,
                        TestEngine.now()));
        rig.send(new CompleteRestore(restore, NOTHING, TestEngine.now()));
        TurnId next = rig.prompt(thread);
        rig.awaitEnd(next);

        assertThat(rig.turn(next).parent()).isEqualTo(first);
        assertThat(rig.words(next)).as("a new session").isEqualTo("turn 1");
    }

    private static final RestoreSummary NOTHING = new RestoreSummary(0, 0, List.of());
}
