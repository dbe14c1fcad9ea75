package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.NoticeRecorded;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnDrained;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.TurnState;
import dev.stele.provider.process.Orphanage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reactor with real scripted agents, when all goes as it should. */
@Timeout(120)
class ProviderReactorTest {
    private static final String ASKS_TO_WRITE =
            """
            {"steps": [{"say": "May I?"},
                {"write": "a.txt", "content": "a",
                 "allowed": [{"say": " Thanks."}], "rejected": [{"say": " Pity."}]}]}
            """;
    private static final String TALKS_ON =
            """
            {"turns": [[{"say": "word ", "times": 5000, "chunk": 5, "everyMillis": 5}],
                       [{"say": "second"}]]}
            """;

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

    @Test
    void words_are_streamed_in_their_order() {
        String words = "abcdefghijklmnopqrstuvwxyz ".repeat(40);
        ThreadId thread =
                rig.scripted(
                        "t", "{\"steps\": [{\"say\": \"%s\", \"chunk\": 1}]}".formatted(words));
        TurnId turn = rig.prompt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo(words);
        assertThat(rig.messages(turn)).hasSize(2);
    }

    @Test
    void a_surrogate_pair_cut_by_the_agent_is_joined() {
        ThreadId thread = rig.scripted("t", "{\"steps\": [{\"say\": \"a😀b😀\", \"chunk\": 1}]}");
        TurnId turn = rig.prompt(thread);
        rig.awaitEnd(turn);

        assertThat(rig.words(turn)).isEqualTo("a😀b😀");
    }

    @Test
    void an_approved_action_is_done() {
        ThreadId thread = rig.scripted("t", ASKS_TO_WRITE);
        TurnId turn = rig.prompt(thread);
        PendingAction question = rig.awaitQuestion(turn);
        assertThat(rig.file("t", "a.txt")).isEqualTo("(none)");
        rig.approve(thread, question);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo("May I? Thanks.");
        assertThat(rig.file("t", "a.txt")).isEqualTo("a");
    }

    @Test
    void a_rejected_action_is_not_done() {
        ThreadId thread = rig.scripted("t", ASKS_TO_WRITE);
        TurnId turn = rig.prompt(thread);
        rig.reject(thread, rig.awaitQuestion(turn));

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo("May I? Pity.");
        assertThat(rig.file("t", "a.txt")).isEqualTo("(none)");
    }

    @Test
    void the_prompt_waits_for_the_checkpoint_before_it() {
        rig.engine.settleCheckpoints(false);
        ThreadId thread = rig.scripted("t", "{\"steps\": [{\"say\": \"now\"}]}");
        TurnId turn = rig.prompt(thread);
        ThreadId other = rig.scripted("o", "{\"steps\": [{\"say\": \"now\"}]}");
        rig.engine.settleCheckpoints(true);
        rig.engine.settleCheckpoints(false);
        TurnId later = rig.prompt(other);

        TestEngine.await("words", () -> rig.words(turn).equals("now"));
        assertThat(rig.agents()).as("only the first one's agent").hasSize(1);
        rig.engine.settleCheckpoints(true);
        rig.awaitEnd(later);
    }

    @Test
    void a_new_session_is_told_what_was_said_before() {
        ThreadId thread =
                rig.scripted(
                        "t",
                        "{\"steps\": [{\"say\": \"Heard ${prompt} after <${earlier}>\"},"
                                + " {\"run\": \"true\", \"ask\": false}]}");
        TurnId first = rig.prompt(thread, new MessageContent.Text("one"));
        rig.awaitEnd(first);
        assertThat(rig.words(first)).isEqualTo("Heard one after <>");
        rig.agent().destroyForcibly();
        TestEngine.await("the agent's end", () -> rig.agents().isEmpty());

        TurnId second = rig.prompt(thread, new MessageContent.Text("two"));
        rig.awaitEnd(second);
        assertThat(rig.words(second))
                .startsWith("Heard two after <This is what was said before")
                .contains("User: one", "You: Heard one after <>", "true]", "succeeded]");
        TurnId third = rig.prompt(thread, new MessageContent.Text("three"));
        rig.awaitEnd(third);
        assertThat(rig.words(third)).as("it knows them").isEqualTo("Heard three after <>");
    }

    @Test
    void turns_of_one_thread_share_a_process_and_a_session() {
        ThreadId thread =
                rig.scripted("t", "{\"turns\": [[{\"say\": \"one\"}], [{\"say\": \"two\"}]]}");
        TurnId first = rig.prompt(thread);
        rig.awaitEnd(first);
        long pid = rig.agent().pid();
        TurnId second = rig.prompt(thread);
        rig.awaitEnd(second);

        assertThat(rig.words(first)).isEqualTo("one");
        assertThat(rig.words(second)).isEqualTo("two");
        assertThat(rig.agent().pid()).isEqualTo(pid);
    }

    @Test
    void agents_of_two_threads_work_at_once() {
        ThreadId one = rig.scripted("one", ASKS_TO_WRITE);
        ThreadId two = rig.scripted("two", ASKS_TO_WRITE);
        TurnId first = rig.prompt(one);
        TurnId second = rig.prompt(two);
        PendingAction ofFirst = rig.awaitQuestion(first);
        PendingAction ofSecond = rig.awaitQuestion(second);
        assertThat(rig.agents()).hasSize(2);
        rig.approve(one, ofFirst);
        rig.reject(two, ofSecond);
        rig.awaitEnd(first);
        rig.awaitEnd(second);

        assertThat(rig.file("one", "a.txt")).isEqualTo("a");
        assertThat(rig.file("two", "a.txt")).isEqualTo("(none)");
    }

    @Test
    void an_interrupted_turn_drains_and_its_agent_is_kept() {
        ThreadId thread = rig.scripted("t", TALKS_ON);
        TurnId turn = rig.prompt(thread);
        rig.awaitWords(turn, "word word");
        long pid = rig.agent().pid();
        rig.interrupt(thread);
        assertThat(status(thread)).isInstanceOf(ThreadStatus.Idle.class);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(drained(turn)).isEqualTo("cancelled");
        TurnId second = rig.prompt(thread);
        rig.awaitEnd(second);
        assertThat(rig.words(second)).isEqualTo("second");
        assertThat(rig.agent().pid()).isEqualTo(pid);
    }

    @Test
    void an_interrupt_answers_an_open_question_as_cancelled() {
        ThreadId thread = rig.scripted("t", ASKS_TO_WRITE);
        TurnId turn = rig.prompt(thread);
        rig.awaitQuestion(turn);
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(drained(turn)).isEqualTo("cancelled");
        assertThat(rig.file("t", "a.txt")).isEqualTo("(none)");
    }

    @Test
    void a_turn_interrupted_before_its_prompt_ends_at_once() {
        rig.engine.settleCheckpoints(false);
        ThreadId thread = rig.scripted("t", ASKS_TO_WRITE);
        TurnId turn = rig.prompt(thread);
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(rig.agents()).isEmpty();
    }

    @Test
    void a_turn_interrupted_while_its_agent_starts_ends_at_once() {
        ThreadId thread = rig.thread("t", "sleep 1000");
        TurnId turn = rig.prompt(thread);
        TestEngine.await("the start", () -> !rig.agents().isEmpty());
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
    }

    @Test
    void an_interrupt_kills_the_command_that_the_agent_runs() {
        ThreadId thread =
                rig.scripted("t", "{\"steps\": [{\"run\": \"sleep 1000\", \"ask\": false}]}");
        TurnId turn = rig.prompt(thread);
        TestEngine.await("the command", () -> rig.agent().descendants().findAny().isPresent());
        ProcessHandle command = rig.agent().descendants().findFirst().orElseThrow();
        rig.interrupt(thread);
        rig.awaitEnd(turn);

        assertThat(command.isAlive()).isFalse();
    }

    @Test
    void an_error_of_the_agent_fails_the_turn_and_the_next_one_works() {
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"turns": [[{"fail": "too many", "code": 429}], [{"say": "better"}]]}
                        """);
        assertThat(rig.failure(rig.prompt(thread)))
                .isEqualTo(
                        "RATE_LIMIT: The agent reports an error: too many. Wait a while, then send"
                                + " the prompt again.");
        TurnId second = rig.prompt(thread);
        rig.awaitEnd(second);
        assertThat(rig.words(second)).isEqualTo("better");
    }

    @Test
    void a_stop_reason_is_carried() {
        ThreadId thread = rig.scripted("t", "{\"steps\": [{\"stop\": \"max_tokens\"}]}");

        assertThat(rig.awaitEnd(rig.prompt(thread)))
                .isInstanceOfSatisfying(
                        TurnState.Completed.class,
                        end -> assertThat(end.stopReason()).isEqualTo(StopReason.MAX_TOKENS));
    }

    @Test
    void lines_that_are_no_messages_are_kept_as_notices_up_to_a_bound() {
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"steps": [{"garbage": "npm notice", "times": 100}, {"say": "still here"}]}
                        """);
        TurnId turn = rig.prompt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo("still here");
        assertThat(rig.engine.facts())
                .filteredOn(NoticeRecorded.class::isInstance)
                .hasSize(20)
                .allSatisfy(fact ->
                        assertThat(((NoticeRecorded) fact).raw()).isEqualTo("\"npm notice\""));
    }

    @Test
    void the_session_of_the_agent_is_known() {
        ThreadId thread = rig.scripted("t", "{\"steps\": []}");
        rig.awaitEnd(rig.prompt(thread));

        assertThat(rig.sessionId(thread)).isNotNull();
    }

    @Test
    void a_deleted_threads_agent_is_ended() {
        ThreadId thread = rig.scripted("t", ASKS_TO_WRITE);
        TurnId turn = rig.prompt(thread);
        rig.awaitQuestion(turn);
        ProcessHandle agent = rig.agent();
        rig.send(new OrchestrationCommand.DeleteThread(thread, TestEngine.now()));

        TestEngine.await("the clean-up", () -> cleanedUp() == 1);
        assertThat(agent.isAlive()).isFalse();
    }

    private long cleanedUp() {
        return rig.engine
                .model()
                .operations()
                .values()
                .count(operation -> operation.state() instanceof OperationState.Cleaned);
    }

    @Test
    void closing_ends_agents_and_leaves_their_turns_to_the_next_start() {
        ThreadId thread = rig.scripted("t", ASKS_TO_WRITE);
        TurnId turn = rig.prompt(thread);
        rig.awaitQuestion(turn);
        rig.close();
        assertThat(rig.turn(turn).state()).isInstanceOf(TurnState.Open.class);

        rig = new ReactorRig(home, ReactorRig.patient(), rig.engine, Map.of());
        assertThat(rig.failure(turn)).startsWith("CRASH: Stele was stopped while the turn was");
        TurnId next = rig.prompt(thread);
        rig.approve(thread, rig.awaitQuestion(next));
        assertThat(rig.awaitEnd(next)).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void at_a_start_an_agent_left_over_is_ended_before_its_turn_is() throws Exception {
        rig.engine.settleCheckpoints(false);
        ThreadId thread = rig.scripted("t", ASKS_TO_WRITE);
        TurnId turn = rig.prompt(thread);
        rig.close();
        long pid = Orphanage.leave(home.resolve("agents"), List.of("sh", "-c", "sleep 1000; exit"));
        assertThat(ReactorRig.isGone(pid)).isFalse();

        rig = new ReactorRig(home, ReactorRig.patient(), rig.engine, Map.of());
        assertThat(ReactorRig.isGone(pid)).isTrue();
        assertThat(rig.failure(turn)).startsWith("CRASH: Stele was stopped");
    }

    @Test
    void it_is_quiet_when_nothing_is_left_to_do() throws InterruptedException {
        ThreadId thread = rig.scripted("t", ASKS_TO_WRITE);
        TurnId turn = rig.prompt(thread);
        PendingAction question = rig.awaitQuestion(turn);
        assertThat(rig.reactor().drain(Duration.ofMillis(50))).isFalse();
        rig.approve(thread, question);

        assertThat(rig.reactor().drain(ReactorRig.SOON)).isTrue();
        assertThat(rig.turn(turn).state()).isInstanceOf(TurnState.Completed.class);
    }

    private ThreadStatus status(ThreadId thread) {
        return Objects.requireNonNull(rig.engine.model().thread(thread)).status();
    }

    private String drained(TurnId turn) {
        return rig.engine.facts().stream()
                .filter(TurnDrained.class::isInstance)
                .map(TurnDrained.class::cast)
                .filter(fact -> fact.turnId().equals(turn))
                .map(TurnDrained::end)
                .findFirst()
                .orElse("(not drained)");
    }
}
