package dev.stele.provider.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripted agent as a process, with a client that knows nothing of it. */
@Timeout(60)
class ScriptedAgentTest {
    @TempDir Path home;
    @TempDir Path project;

    private AgentClient agent(String script) throws Exception {
        Path file = Files.writeString(home.resolve("script.json"), script);
        return new AgentClient(ScriptedCommand.words(file));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    void its_own_script_says_what_it_is_and_changes_one_file() throws Exception {
        Files.writeString(project.resolve("README.md"), "# demo\n");
        try (AgentClient agent = new AgentClient(ScriptedCommand.words())) {
            String session = agent.open(project);
            CompletableFuture<RpcMessage> end = agent.prompt(session, "make it better");
            agent.answer(agent.question(), "allow");

            assertThat(AgentClient.reason(end)).isEqualTo("end_turn");
            assertThat(agent.words(session))
                    .contains("no model is involved", "I added one line to stele-demo.md");
            assertThat(agent.updates(session, "agent_thought_chunk")).isNotEmpty();
            assertThat(project.toFile().list())
                    .containsExactlyInAnyOrder("README.md", "stele-demo.md");
            assertThat(project.resolve("stele-demo.md"))
                    .hasContent("- Turn 1 of the scripted agent was asked: make it better\n");
            assertThat(agent.hangUp()).isZero();
        }
    }

    @Test
    void its_own_script_changes_nothing_when_it_may_not() throws Exception {
        try (AgentClient agent = new AgentClient(ScriptedCommand.words())) {
            String session = agent.open(project);
            CompletableFuture<RpcMessage> end = agent.prompt(session, "make it better");
            agent.answer(agent.question(), "reject");

            assertThat(AgentClient.reason(end)).isEqualTo("end_turn");
            assertThat(agent.words(session)).endsWith("You said no, so I changed nothing.");
            assertThat(project).isEmptyDirectory();
        }
    }

    @Test
    void sessions_of_one_process_play_side_by_side() throws Exception {
        try (AgentClient agent =
                agent("{\"steps\": [{\"say\": \"${prompt} \"}, {\"ask\": \"on?\"}]}")) {
            String one = agent.open(project);
            String two = agent.open(project);
            CompletableFuture<RpcMessage> first = agent.prompt(one, "one");
            CompletableFuture<RpcMessage> second = agent.prompt(two, "two");
            RpcMessage.Request a = agent.question();
            RpcMessage.Request b = agent.question();
            agent.answer(b, "allow");
            agent.answer(a, "allow");

            assertThat(AgentClient.reason(first)).isEqualTo("end_turn");
            assertThat(AgentClient.reason(second)).isEqualTo("end_turn");
            assertThat(agent.words(one)).isEqualTo("one ");
            assertThat(agent.words(two)).isEqualTo("two ");
        }
    }

    @Test
    void files_are_written_added_to_changed_and_read() throws Exception {
        try (AgentClient agent =
                agent(
                        """
                        {"steps": [
                            {"write": "d/a.txt", "content": "one two", "ask": false},
                            {"append": "d/a.txt", "content": " three", "ask": false},
                            {"edit": "d/a.txt", "old": "two", "new": "2", "ask": false},
                            {"read": "d/a.txt"}, {"read": "d"}, {"read": "gone"},
                            {"edit": "d/a.txt", "old": "four", "new": "4", "ask": false}]}
                        """)) {
            String session = agent.open(project);

            assertThat(agent.play(session)).isEqualTo("end_turn");
            assertThat(project.resolve("d/a.txt")).hasContent("one 2 three");
            assertThat(agent.results(session))
                    .containsExactly(
                            "completed: Wrote d/a.txt",
                            "completed: Wrote d/a.txt",
                            "completed: Wrote d/a.txt",
                            "completed: one 2 three",
                            "completed: a.txt",
                            "failed: gone is not there",
                            "failed: the text to replace is not in the file");
        }
    }

    @Test
    void nothing_outside_the_project_is_read_or_written() throws Exception {
        Path secret = Files.writeString(home.resolve("secret"), "secret");
        Files.createSymbolicLink(project.resolve("link"), home);
        Files.createSymbolicLink(project.resolve("dangling"), home.resolve("new"));
        try (AgentClient agent =
                agent(
                        """
                        {"steps": [{"read": "../%s/secret"}, {"read": "%s"}, {"read": "link/secret"},
                            {"write": "link/new", "content": "x", "ask": false},
                            {"write": "dangling", "content": "x", "ask": false}]}
                        """
                                .formatted(home.getFileName(), secret))) {
            String session = agent.open(project);
            agent.play(session);

            assertThat(agent.results(session))
                    .hasSize(5)
                    .allMatch(result -> result.matches("failed: .* is outside the project"));
            assertThat(home.resolve("new")).doesNotExist();
        }
    }

    @Test
    void a_command_runs_in_the_project_and_its_exit_code_is_told() throws Exception {
        try (AgentClient agent =
                agent("{\"steps\": [{\"run\": \"pwd; exit 3\", \"ask\": false}]}")) {
            String session = agent.open(project);
            agent.play(session);

            assertThat(agent.results(session)).containsExactly("failed: " + project + "\n");
            assertThat(
                            agent.updates(session, "tool_call_update")
                                    .getLast()
                                    .at("/_meta/terminal_exit/exit_code")
                                    .asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void what_is_allowed_for_the_session_is_not_asked_again() throws Exception {
        try (AgentClient agent =
                agent(
                        """
                        {"steps": [{"write": "a", "content": "a"}, {"write": "b", "content": "b"}]}
                        """)) {
            String session = agent.open(project);
            CompletableFuture<RpcMessage> end = agent.prompt(session, "x");
            agent.answer(agent.question(), "allow-always");

            assertThat(AgentClient.reason(end)).isEqualTo("end_turn");
            assertThat(project.resolve("b")).hasContent("b");
        }
    }

    @Test
    void a_question_of_the_script_offers_its_own_answers() throws Exception {
        try (AgentClient agent =
                agent(
                        """
                        {"steps": [{"ask": "Which?", "options": [
                                {"optionId": "x", "name": "X", "kind": "allow_once"},
                                {"optionId": "y", "name": "Y", "kind": "reject_always"}],
                            "allowed": [{"say": "yes"}], "rejected": [{"say": "no"}]}]}
                        """)) {
            String session = agent.open(project);
            CompletableFuture<RpcMessage> end = agent.prompt(session, "x");
            RpcMessage.Request question = agent.question();
            assertThat(question.params().at("/options/1/optionId").asString()).isEqualTo("y");
            agent.answer(question, "y");

            assertThat(AgentClient.reason(end)).isEqualTo("end_turn");
            assertThat(agent.words(session)).isEqualTo("no");
        }
    }

    @Test
    void a_cancel_stops_words_a_command_and_a_question() throws Exception {
        try (AgentClient agent =
                agent(
                        """
                        {"turns": [
                            [{"say": "x", "times": 9999, "chunk": 1, "everyMillis": 5}],
                            [{"run": "sleep 1000", "ask": false}],
                            [{"ask": "on?"}],
                            [{"waitForCancel": true}]]}
                        """)) {
            String session = agent.open(project);
            CompletableFuture<RpcMessage> words = agent.prompt(session, "x");
            await("words", () -> !agent.words(session).isEmpty());
            agent.cancel(session);
            assertThat(AgentClient.reason(words)).isEqualTo("cancelled");

            CompletableFuture<RpcMessage> command = agent.prompt(session, "x");
            await("the command", () -> agent.process().descendants().findAny().isPresent());
            agent.cancel(session);
            assertThat(AgentClient.reason(command)).isEqualTo("cancelled");
            await("its end", () -> agent.process().descendants().findAny().isEmpty());

            CompletableFuture<RpcMessage> question = agent.prompt(session, "x");
            agent.question();
            agent.cancel(session);
            assertThat(AgentClient.reason(question)).isEqualTo("cancelled");

            CompletableFuture<RpcMessage> nothing = agent.prompt(session, "x");
            agent.cancel(session);
            assertThat(AgentClient.reason(nothing)).isEqualTo("cancelled");
        }
    }

    @Test
    void plans_errors_and_stop_reasons_are_told() throws Exception {
        try (AgentClient agent =
                agent(
                        """
                        {"turns": [[{"plan": ["one", "two"]}, {"stop": "refusal"}],
                                   [{"fail": "broken", "code": 500}]]}
                        """)) {
            String session = agent.open(project);

            assertThat(agent.play(session)).isEqualTo("refusal");
            assertThat(agent.updates(session, "plan").getFirst().path("entries")).hasSize(2);
            assertThat(agent.play(session)).isEqualTo("broken");
        }
    }

    @Test
    void the_end_of_its_input_ends_it_and_what_it_runs() throws Exception {
        try (AgentClient agent =
                agent("{\"steps\": [{\"run\": \"exec sleep 1000\", \"ask\": false}]}")) {
            String session = agent.open(project);
            var _ = agent.prompt(session, "x");
            await("the command", () -> agent.process().descendants().findAny().isPresent());
            ProcessHandle command = agent.process().descendants().findFirst().orElseThrow();

            assertThat(agent.hangUp()).isZero();
            await("the command's end", () -> !isRunning(command));
        }
    }

    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive()
                && process.info().totalCpuDuration().isPresent()
                && process.info().command().isPresent();
    }

    @Test
    void what_it_does_not_offer_is_refused() throws Exception {
        try (AgentClient agent = agent("{\"steps\": [{\"ask\": \"on?\"}]}")) {
            String session = agent.open(project);
            var _ = agent.prompt(session, "x");
            agent.question();

            assertThat(agent.play(session)).isEqualTo("the session has a prompt already");
            assertThat(agent.play("nowhere")).isEqualTo("there is no such session");
            assertThat(agent.ask("session/fork", Json.object()))
                    .isInstanceOfSatisfying(
                            RpcMessage.Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(-32601));
        }
    }

    @Test
    void a_script_that_cannot_be_played_is_told_when_a_session_is_opened() throws Exception {
        try (AgentClient agent = agent("{\"steps\": [{\"say\": 7}]}")) {
            assertThat(agent.open(project))
                    .isEqualTo(
                            "The script %s cannot be played: steps[0] needs \"say\", a text."
                                    .formatted(home.resolve("script.json")));
        }
    }
}
