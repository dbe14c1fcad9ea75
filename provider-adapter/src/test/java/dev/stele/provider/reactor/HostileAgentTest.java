package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.model.TurnState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agents of the shell that break the protocol or hold on to life: the turn ends once, the next one
 * works, and no process is left.
 */
@Timeout(180)
class HostileAgentTest {
    private static final Duration LONG = ReactorRig.SOON;
    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir Path home;
    private ReactorRig rig;

    @BeforeEach
    void start() {
        rig = new ReactorRig(home, new Limits(LONG, LONG, SHORT, LONG, 100, 1 << 20));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /**
     * An agent that does this when it is prompted; {@code $n} is the id of the prompt's request,
     * {@code say} prints a line, {@code words} speaks and {@code done} ends the turn.
     */
    private ThreadId agent(String onPrompt) {
        Path script =
                rig.write(
                        "agent.sh",
                        """
                        n=1
                        say() { printf '%%s\\n' "$1"; }
                        update() { say '{"method":"session/update","params":{"sessionId":"s","update":'"$1"'}}'; }
                        words() { update '{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"'"$1"'"}}'; }
                        finish() { say '{"id":'$n',"result":{"stopReason":"end_turn"}}'; }
                        while read -r line; do
                          case $line in
                            *'"initialize"'*) say '{"id":0,"result":{"protocolVersion":1}}';;
                            *'"session/new"'*) say '{"id":1,"result":{"sessionId":"s"}}';;
                            *'"session/prompt"'*) n=$((n + 1))
                              %s
                              ;;
                            *) say "$line" >> heard;;
                          esac
                        done
                        """
                                .formatted(onPrompt));
        return rig.thread("t", "sh '%s'".formatted(script));
    }

    private TurnId end(ThreadId thread) {
        TurnId turn = rig.prompt(thread);
        rig.awaitEnd(turn);
        return turn;
    }

    private void assertCompleted(TurnId turn) {
        assertThat(rig.turn(turn).state())
                .isInstanceOfSatisfying(
                        TurnState.Completed.class,
                        end -> assertThat(end.stopReason()).isEqualTo(StopReason.END_TURN));
    }

    private <T extends ProviderEvent> List<T> events(Class<T> type) {
        return rig.engine.ingested().stream()
                .map(IngestProviderEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private List<String> notices() {
        return events(ProviderEvent.Notice.class).stream().map(ProviderEvent.Notice::kind).toList();
    }

    private void awaitHeard(String words) {
        TestEngine.await(words, () -> rig.file("t", "heard").contains(words));
    }

    @Test
    void an_agent_that_closes_its_output_and_lives_on_is_ended_with_its_turn() {
        TurnId turn = rig.prompt(agent("words half; exec 1>&-; trap '' TERM; sleep 1000"));

        assertThat(rig.failure(turn)).startsWith("CRASH: ").contains("closed its output");
        assertThat(rig.words(turn)).isEqualTo("half");
        assertThat(rig.agents()).isEmpty();
    }

    @Test
    void a_line_of_a_hundred_megabytes_is_passed_over() {
        TurnId turn =
                end(agent("head -c 100000000 /dev/zero | tr '\\\\0' x; echo; words after; finish"));

        assertCompleted(turn);
        assertThat(rig.words(turn)).isEqualTo("after");
        awaitHeard("-32600");
        assertThat(notices()).containsExactly("not_a_message");
    }

    @Test
    void an_agent_that_reads_nothing_any_more_is_killed_after_an_interrupt() {
        ThreadId thread = agent("words deaf; exec sleep 1000 0</dev/null");
        TurnId turn = rig.prompt(thread, new MessageContent.Text("long ".repeat(1_000_000)));
        rig.awaitWords(turn, "deaf");
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(rig.agents()).isEmpty();
    }

    @Test
    void a_prompt_that_nobody_reads_holds_nobody_up() {
        Path script =
                rig.write(
                        "stuck.sh",
                        """
                        read -r line; echo '{"id":0,"result":{"protocolVersion":1}}'
                        read -r line; echo '{"id":1,"result":{"sessionId":"s"}}'
                        dd bs=1 count=10 of=begun 2>/dev/null
                        exec sleep 1000
                        """);
        ThreadId thread = rig.thread("t", "sh '%s'".formatted(script));
        TurnId turn = rig.prompt(thread, new MessageContent.Text("long ".repeat(1_000_000)));
        TestEngine.await("the prompt", () -> rig.file("t", "begun").length() == 10);
        rig.interrupt(thread);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(rig.agents()).isEmpty();
    }

    @Test
    void a_flood_on_standard_error_holds_nobody_up() {
        TurnId turn = end(agent("head -c 50000000 /dev/zero >&2; words on; finish"));

        assertCompleted(turn);
        assertThat(rig.words(turn)).isEqualTo("on");
    }

    @Test
    void daemons_in_sessions_of_their_own_end_with_the_agent() {
        ThreadId thread =
                agent(
                        """
                        (setsid sh -c 'trap "" TERM HUP; sleep 1000 & echo $! > daemon; wait' \
                        >/dev/null 2>&1 </dev/null &)
                        while ! [ -s daemon ]; do :; done; exit 3
                        """);
        assertThat(rig.failure(rig.prompt(thread))).contains("exit code 3");

        assertThat(ReactorRig.isGone(Long.parseLong(rig.file("t", "daemon").strip()))).isTrue();
    }

    @Test
    void processes_that_start_each_other_anew_end_with_the_agent() {
        ThreadId thread =
                agent(
                        """
                        cat > again.sh <<'END'
                        trap '' TERM HUP
                        echo $$ >> all
                        while :; do sh -c 'trap "" TERM; echo $$ >> all; exec sleep 0.3'; done
                        END
                        for i in 1 2 3 4 5; do setsid sh again.sh >/dev/null 2>&1 </dev/null & done
                        while ! [ -s all ]; do :; done; exit 3
                        """);
        rig.failure(rig.prompt(thread));

        assertThat(rig.file("t", "all").lines())
                .isNotEmpty()
                .allMatch(pid -> ReactorRig.isGone(Long.parseLong(pid)));
    }

    @Test
    void what_comes_after_the_end_of_a_turn_is_answered_and_taken_for_no_words() {
        ThreadId thread =
                agent(
                        """
                        words one; finish; finish; words late
                        say '{"id":77,"result":{}}'
                        say '{"id":50,"method":"session/request_permission","params":{"sessionId":\
                        "s","toolCall":{"toolCallId":"c"},"options":[{"optionId":"o","name":"o",\
                        "kind":"allow_once"}]}}'
                        """);
        TurnId first = end(thread);
        awaitHeard("\"id\":50");
        assertThat(rig.file("t", "heard")).contains("cancelled");
        TurnId second = end(thread);

        assertThat(rig.words(first)).isEqualTo("one");
        assertThat(rig.words(second)).isEqualTo("one");
        assertThat(notices()).contains("unasked_answer", "agent_message_chunk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "1.5", "123456789012345678901234567890", "-1"})
    void a_question_of_any_id_is_answered_under_it(String id) {
        ThreadId thread =
                agent(
                        """
                        say '{"id":%s,"method":"session/request_permission","params":{"sessionId":\
                        "s","toolCall":{"toolCallId":"c"},"options":[{"optionId":"o","name":"o",\
                        "kind":"allow_once"}]}}'
                        read -r line; say "$line" >> heard; finish\
                        """
                                .formatted(id));
        TurnId turn = rig.prompt(thread);
        rig.approve(thread, rig.awaitQuestion(turn));
        rig.awaitEnd(turn);

        assertThat(rig.file("t", "heard"))
                .contains("\"id\":%s,".formatted(id), "\"optionId\":\"o\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":5,\"method\":\"session/request_permission\",\"params\":{\"sessionId\":\"s\"}}",
                "{\"id\":5,\"method\":\"session/request_permission\",\"params\":{\"sessionId\":\"s\","
                        + "\"options\":[{\"name\":\"no id\",\"kind\":\"allow_once\"}]}}",
                "{\"id\":5,\"method\":\"session/request_permission\"}",
                "{\"id\":5,\"method\":\"session/request_permission\",\"params\":7}"
            })
    void a_question_that_cannot_be_put_to_anybody_is_refused(String question) {
        TurnId turn =
                end(
                        agent(
                                "say '%s'; read -r line; say \"$line\" >> heard; finish"
                                        .formatted(question)));

        assertCompleted(turn);
        assertThat(rig.file("t", "heard")).contains("\"id\":5", "-32602");
        assertThat(events(ProviderEvent.AwaitingApproval.class)).isEmpty();
    }

    @Test
    void a_question_without_an_id_is_refused() {
        TurnId turn =
                end(
                        agent(
                                """
                                say '{"id":null,"method":"session/request_permission","params":{}}'
                                read -r line; say "$line" >> heard; finish\
                                """));

        assertCompleted(turn);
        assertThat(rig.file("t", "heard")).contains("\"id\":null", "-32600");
    }

    @Test
    void a_batch_is_refused_and_the_turn_goes_on() {
        TurnId turn =
                end(
                        agent(
                                """
                                say '[{"id":5,"method":"fs/read_text_file","params":{}}]'
                                read -r line; say "$line" >> heard; words on; finish\
                                """));

        assertCompleted(turn);
        assertThat(rig.file("t", "heard")).contains("\"id\":null", "-32600");
        assertThat(rig.words(turn)).isEqualTo("on");
    }

    @Test
    void words_for_another_session_are_a_notice() {
        TurnId turn =
                end(
                        agent(
                                """
                                say '{"method":"session/update","params":{"sessionId":"other",\
                                "update":{"sessionUpdate":"agent_message_chunk","content":\
                                {"type":"text","text":"not mine"}}}}'
                                words mine; finish\
                                """));

        assertThat(rig.words(turn)).isEqualTo("mine");
        assertThat(notices()).containsExactly("session/update");
    }

    @Test
    void noncharacters_and_control_characters_are_words_like_others() {
        TurnId turn = end(agent("words 'a\\uFFFF\\uFDD0\\u0000\\u2028z'; finish"));

        assertThat(rig.words(turn)).isEqualTo("a\uFFFF\uFDD0\u0000\u2028z");
    }

    @Test
    void what_is_told_of_a_call_after_its_end_does_not_open_it_again() {
        String update =
                "update '{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",%s}'\n";
        TurnId turn =
                end(
                        agent(
                                update.formatted("\"status\":\"completed\",\"title\":\"a\"")
                                        + update.formatted(
                                                "\"status\":\"in_progress\",\"title\":\"b\"")
                                        + update.formatted("\"status\":\"pending\"")
                                        + update.formatted("\"status\":\"failed\"")
                                        + "finish"));

        assertCompleted(turn);
        assertThat(events(ProviderEvent.ToolResult.class)).hasSize(1);
        assertThat(events(ProviderEvent.ToolCall.class))
                .extracting(event -> event.call().title())
                .containsExactly("a", "b");
        assertThat(events(ProviderEvent.ToolCall.class))
                .extracting(event -> event.call().status())
                .containsOnlyNulls();
    }
}
