package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.TurnState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that go on after a restart, agents that rest, and places that are few. */
@Timeout(180)
class SessionLifeTest {
    private static final Duration LONG = ReactorRig.SOON;
    private static final String HEARD = "{\"say\": \"Heard ${prompt} after <${earlier}>\"}";
    private static final String WAITS =
            "{\"steps\": [{\"say\": \"on\"}, {\"waitForCancel\": true}]}";

    /** Answers that it has loaded the session, and only then tells what was said in it. */
    private static final String HISTORIAN =
            """
            say() { printf '{"jsonrpc":"2.0",%s}\\n' "$1"; }
            chunk() {
                say '"method":"session/update","params":{"sessionId":"s","update":{'\\
            '"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"'"$1"'"}}}'
            }
            read -r line
            say '"id":0,"result":{"protocolVersion":1,"agentInfo":{"name":"gemini-cli"},'\\
            '"agentCapabilities":{"loadSession":true}}'
            read -r line
            printf '%s\\n' "$line" >>opened
            say '"id":1,"result":{"sessionId":"s"}'
            case $line in *session/load*) chunk before ;; esac
            read -r line
            chunk now
            say '"id":2,"result":{"stopReason":"end_turn"}'
            read -r line
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

    private void restart(Limits limits, Map<String, String> logins) {
        rig.close();
        rig = new ReactorRig(home, limits, rig.engine, Map.of(), logins);
    }

    private TurnId say(ThreadId thread, String words) {
        TurnId turn = rig.prompt(thread, new MessageContent.Text(words));
        rig.awaitEnd(turn);
        return turn;
    }

    private static Limits places(int most, Duration idle) {
        return new Limits(LONG, LONG, LONG, idle, most, 1 << 20);
    }

    @Test
    void history_that_is_told_late_is_no_part_of_the_next_turn() {
        rig.write("historian.sh", HISTORIAN);
        ThreadId thread = rig.thread("t", "sh '" + home.resolve("historian.sh") + "'");
        assertThat(rig.words(say(thread, "one"))).isEqualTo("now");
        restart(ReactorRig.patient(), Map.of());

        assertThat(rig.words(say(thread, "two"))).isEqualTo("now");
        assertThat(rig.file("t", "opened")).contains("session/load");
    }

    @Test
    void after_a_restart_an_agent_that_can_goes_on_with_its_session() {
        ThreadId thread = rig.scripted("t", "{\"resumes\": true, \"steps\": [" + HEARD + "]}");
        say(thread, "one");
        String session = rig.sessionId(thread);
        restart(ReactorRig.patient(), Map.of());

        assertThat(rig.words(say(thread, "two"))).isEqualTo("Heard two after <>");
        assertThat(rig.sessionId(thread)).isEqualTo(session);
    }

    @Test
    void what_a_loaded_session_says_again_is_not_taken_in_again() {
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"loads": [{"say": "Heard one after <>"}, {"read": "."}, {"plan": ["x"]},
                                   {"update": {"sessionUpdate": "something_new"}}],
                         "steps": [%s]}
                        """
                                .formatted(HEARD));
        TurnId first = say(thread, "one");
        restart(ReactorRig.patient(), Map.of());
        TurnId second = say(thread, "two");

        assertThat(rig.words(first)).isEqualTo("Heard one after <>");
        assertThat(rig.messages(second))
                .extracting(message -> message.body().getClass().getSimpleName())
                .containsExactly(
                        Message.Body.Prompt.class.getSimpleName(),
                        Message.Body.Speech.class.getSimpleName());
        assertThat(rig.words(second)).isEqualTo("Heard two after <>");
    }

    @Test
    void a_session_that_its_agent_has_lost_is_replaced_by_one_that_is_told_all() {
        ThreadId thread = rig.scripted("t", "{\"steps\": [" + HEARD + "]}");
        say(thread, "one");
        String session = rig.sessionId(thread);
        rig.write(
                "t.json",
                """
                {"initialize": {"agentCapabilities": {"sessionCapabilities": {"resume": {}}}},
                 "steps": [%s]}
                """
                        .formatted(HEARD));
        restart(ReactorRig.patient(), Map.of());

        assertThat(rig.words(say(thread, "two"))).contains("User: one", "Heard one after");
        assertThat(rig.sessionId(thread)).isNotEqualTo(session);
    }

    @Test
    void an_agent_that_has_nothing_to_do_is_ended_and_goes_on_when_it_has() {
        restart(places(10, Duration.ofMillis(100)), Map.of());
        ThreadId thread = rig.scripted("t", "{\"resumes\": true, \"steps\": [" + HEARD + "]}");
        say(thread, "one");
        TestEngine.await("the end of the idle agent", () -> rig.agents().isEmpty());

        assertThat(rig.words(say(thread, "two"))).isEqualTo("Heard two after <>");
    }

    @Test
    void an_agent_that_waits_for_an_answer_is_not_idle() {
        restart(places(1, Duration.ofMillis(1)), Map.of());
        ThreadId thread =
                rig.scripted("t", "{\"steps\": [{\"write\": \"a\", \"content\": \"b\"}]}");
        TurnId turn = rig.prompt(thread);
        var question = rig.awaitQuestion(turn);
        ThreadId other = rig.scripted("other", "{\"steps\": [{\"say\": \"two\"}]}");
        TurnId waiting = rig.prompt(other);
        rig.approve(thread, question);

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.awaitEnd(waiting)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.file("t", "a")).isEqualTo("b");
    }

    @Test
    void when_all_places_are_taken_turns_wait_and_come_in_their_order() {
        restart(places(1, LONG), Map.of());
        ThreadId busy = rig.scripted("busy", WAITS);
        TurnId running = rig.prompt(busy);
        rig.awaitWords(running, "on");
        TurnId second = rig.prompt(rig.scripted("second", WAITS));
        TurnId third = rig.prompt(rig.scripted("third", "{\"steps\": [{\"say\": \"three\"}]}"));
        assertThat(rig.agents()).hasSize(1);

        rig.interrupt(busy);
        rig.awaitWords(second, "on");
        assertThat(rig.turn(third).state()).isInstanceOf(TurnState.Open.class);
        rig.interrupt(new ThreadId("second"));
        assertThat(rig.awaitEnd(third)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.agents()).hasSize(1);
    }

    @Test
    void a_turn_that_waits_for_a_place_can_be_interrupted() {
        restart(places(1, LONG), Map.of());
        TurnId running = rig.prompt(rig.scripted("busy", WAITS));
        rig.awaitWords(running, "on");
        ThreadId second = rig.scripted("second", WAITS);
        TurnId waiting = rig.prompt(second);
        rig.interrupt(second);

        assertThat(rig.awaitEnd(waiting)).isInstanceOf(TurnState.Interrupted.class);
        assertThat(rig.agents()).hasSize(1);
    }

    private static final String WANTS_LOGIN =
            """
            {"login": "Who are you?",
             "initialize": {"authMethods": [{"id": "key", "name": "An API key"},
                                            {"id": "browser", "name": "A browser"}]},
             "steps": [{"say": "in"}]}
            """;

    @Test
    void a_missing_login_is_told_with_the_ways_that_the_agent_offers() {
        assertThat(rig.failure(rig.prompt(rig.scripted("t", WANTS_LOGIN))))
                .startsWith("AUTH: The agent ")
                .contains(
                        "wants a login: Who are you?. It offers: An API key (key); A browser"
                                + " (browser). An id of these can be set as the agent's login.",
                        "Log in with the agent's own command, then send the prompt again.");
    }

    @Test
    void a_login_that_is_set_is_used() {
        String agent = "scripted:" + home.resolve("t.json");
        restart(ReactorRig.patient(), Map.of(agent, "key"));
        TurnId turn = rig.prompt(rig.scripted("t", WANTS_LOGIN));

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo("in");
    }

    @Test
    void a_login_that_is_not_offered_is_told() {
        String agent = "scripted:" + home.resolve("t.json");
        restart(ReactorRig.patient(), Map.of(agent, "face"));

        assertThat(rig.failure(rig.prompt(rig.scripted("t", WANTS_LOGIN))))
                .startsWith("AUTH: ")
                .contains("it does not offer face", "An API key (key)");
    }

    @Test
    void several_questions_are_answered_in_any_order() {
        ThreadId thread =
                rig.scripted(
                        "t",
                        """
                        {"steps": [%s, %s, {"awaitAnswers": true}, {"say": "done"}]}
                        """
                                .formatted(question("a"), question("b")));
        TurnId turn = rig.prompt(thread);
        TestEngine.await("two questions", () -> rig.turn(turn).pending().size() == 2);
        rig.reject(thread, rig.turn(turn).pending().last());
        rig.approve(thread, rig.turn(turn).pending().head());

        assertThat(rig.awaitEnd(turn)).isInstanceOf(TurnState.Completed.class);
        assertThat(rig.words(turn)).isEqualTo("done");
    }

    private static String question(String call) {
        return """
        {"request": "session/request_permission", "wait": false, "params": {
          "toolCall": {"toolCallId": "%s", "title": "%s"},
          "options": [{"optionId": "y", "name": "Yes", "kind": "allow_once"},
                      {"optionId": "n", "name": "No", "kind": "reject_once"}]}}
        """
                .formatted(call, call);
    }
}
