package dev.stele.provider.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.provider.client.ProjectServices;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.scripted.ScriptedCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What both sides say in a dialogue over real pipes, held against the schema of the protocol. */
@Timeout(120)
class ProtocolSchemaTest {
    private static final Map<String, String> REQUESTS =
            Map.ofEntries(
                    Map.entry("initialize", "Initialize"),
                    Map.entry("authenticate", "Authenticate"),
                    Map.entry("session/new", "NewSession"),
                    Map.entry("session/load", "LoadSession"),
                    Map.entry("session/resume", "ResumeSession"),
                    Map.entry("session/set_mode", "SetSessionMode"),
                    Map.entry("session/set_config_option", "SetSessionConfigOption"),
                    Map.entry("session/prompt", "Prompt"),
                    Map.entry("session/request_permission", "RequestPermission"),
                    Map.entry("fs/read_text_file", "ReadTextFile"),
                    Map.entry("fs/write_text_file", "WriteTextFile"),
                    Map.entry("terminal/create", "CreateTerminal"),
                    Map.entry("terminal/output", "TerminalOutput"),
                    Map.entry("terminal/wait_for_exit", "WaitForTerminalExit"),
                    Map.entry("terminal/kill", "KillTerminal"),
                    Map.entry("terminal/release", "ReleaseTerminal"));
    private static final Map<String, String> NOTIFICATIONS =
            Map.of(
                    "session/cancel", "CancelNotification",
                    "session/update", "SessionNotification",
                    "$/cancel_request", "CancelRequestNotification");

    private final Map<String, Schema> schemas = new HashMap<>();
    private final JsonNode schema = schema();

    private static JsonNode schema() {
        String file = "/dev/stele/provider/schema/acp-v1.schema.json";
        try (InputStream in = ProtocolSchemaTest.class.getResourceAsStream(file)) {
            JsonNode schema =
                    Json.parse(
                            new String(
                                    Objects.requireNonNull(in).readAllBytes(),
                                    StandardCharsets.UTF_8));
            withoutBoundsOfSeveralTypes(schema);
            return schema;
        } catch (IOException | Json.NotJson e) {
            throw new AssertionError(file, e);
        }
    }

    /** The validator fails on a bound of a number that may also be null. */
    private static void withoutBoundsOfSeveralTypes(JsonNode json) {
        if (json instanceof ObjectNode object && object.path("type").isArray()) {
            object.remove(List.of("minimum", "maximum"));
        }
        json.forEach(ProtocolSchemaTest::withoutBoundsOfSeveralTypes);
    }

    private List<String> check(String name, JsonNode json) {
        Schema definition =
                schemas.computeIfAbsent(
                        name,
                        wanted -> {
                            assertThat(schema.path("$defs").has(wanted)).as(wanted).isTrue();
                            ObjectNode whole = ((ObjectNode) schema).deepCopy();
                            whole.remove("anyOf");
                            whole.put("$ref", "#/$defs/" + wanted);
                            return SchemaRegistry.withDefaultDialect(
                                            SpecificationVersion.DRAFT_2020_12)
                                    .getSchema(whole);
                        });
        return definition.validate(json).stream()
                .map(Error::toString)
                .map(error -> name + " " + error)
                .toList();
    }

    @Test
    void the_check_itself_finds_a_mistake() {
        assertThat(check("PromptRequest", Json.object().put("sessionId", "s"))).isNotEmpty();
        assertThat(check("NewSessionRequest", Json.object().put("cwd", 7))).isNotEmpty();
    }

    @Test
    void both_sides_keep_to_the_schema(@TempDir Path home) throws Exception {
        try (var rig = new ReactorRig(home, ReactorRig.patient())) {
            Path script =
                    rig.write(
                            "script.json",
                            """
                            {"turns": [
                                [{"think": "hm"}, {"say": "yes"}, {"plan": ["a"]},
                                 {"read": "."}, {"read": "gone"},
                                 {"write": "a.txt", "content": "a"},
                                 {"edit": "a.txt", "old": "a", "new": "b"},
                                 {"run": "echo x; exit 2", "ask": false}],
                                [{"ask": "May I?"}]]}
                            """);
            String agent = String.join(" ", ScriptedCommand.words(script));
            ThreadId thread =
                    rig.thread(
                            "t",
                            "sh -c 'tee \"%s\" | %s | tee \"%s\"'"
                                    .formatted(home.resolve("sent"), agent, home.resolve("heard")));
            TurnId turn =
                    rig.prompt(
                            thread,
                            new MessageContent.Text("look at these"),
                            new MessageContent.Image("image/png", "AAAA", "file:///a.png"),
                            new MessageContent.Image("image/png", "AAAA", null),
                            new MessageContent.Resource("file:///a", "text/plain", "a", null),
                            new MessageContent.Resource("file:///b", null, null, "AAAA"),
                            new MessageContent.ResourceLink("file:///c", "c", "text/plain"),
                            new MessageContent.ResourceLink("file:///d", "d", null));
            rig.approve(thread, rig.awaitQuestion(turn));
            TestEngine.await("the answer", () -> rig.file("t", "a.txt").equals("a"));
            rig.reject(thread, rig.awaitQuestion(turn));
            rig.awaitEnd(turn);
            TurnId second = rig.prompt(thread);
            rig.awaitQuestion(second);
            rig.interrupt(thread);
            rig.awaitEnd(second);
            // The turn's end and our last answer may cross.
            TestEngine.await("the answer", () -> lines(home.resolve("sent")) == 8);

            List<RpcMessage> sent = messages(home.resolve("sent"));
            List<RpcMessage> heard = messages(home.resolve("heard"));
            assertThat(kinds(sent))
                    .containsExactly(
                            "initialize",
                            "session/new",
                            "session/prompt",
                            "answer",
                            "answer",
                            "session/prompt",
                            "session/cancel",
                            "answer");
            assertThat(problems(sent, heard)).isEmpty();
            assertThat(problems(heard, sent)).isEmpty();
            assertThat(kinds(heard)).doesNotContain("refusal");
        }
    }

    /** What the agent asks of Stele, right and wrong. */
    private static final String ASKS =
            """
            {"request": "fs/write_text_file",
                "params": {"path": "${cwd}/a.txt", "content": "one\\ntwo\\n"}},
            {"request": "fs/read_text_file", "params": {"path": "${cwd}/a.txt", "line": 2}},
            {"request": "fs/read_text_file", "params": {"path": "${cwd}/gone"}},
            {"request": "fs/read_text_file", "params": {"path": 7}},
            {"request": "terminal/create", "params": {"command": "sh",
                "args": ["-c", "echo $A; exit 3"], "env": [{"name": "A", "value": "b"}]}},
            {"request": "terminal/output", "params": {"terminalId": "terminal_1"}},
            {"request": "terminal/wait_for_exit", "params": {"terminalId": "terminal_1"}},
            {"request": "terminal/output", "params": {"terminalId": "terminal_1"}},
            {"request": "terminal/create", "params": {"command": "sleep", "args": ["1000"]}},
            {"request": "terminal/kill", "params": {"terminalId": "terminal_2"}},
            {"request": "terminal/wait_for_exit", "params": {"terminalId": "terminal_2"}},
            {"request": "terminal/output", "params": {"terminalId": "terminal_2"}},
            {"request": "terminal/release", "params": {"terminalId": "terminal_2"}},
            {"request": "terminal/output", "params": {"terminalId": "terminal_2"}},
            {"request": "elicitation/create", "params": {"message": "?"}}
            """;

    private static final String MODES =
            """
            "modes": {"currentModeId": "yolo", "availableModes": [
                {"id": "yolo", "name": "y"}, {"id": "default", "name": "d"}]}\
            """;

    private static final String OPTIONS =
            """
            "configOptions": [{"id": "m", "name": "Mode", "category": "mode", "type": "select",
                "currentValue": "yolo", "options": [
                    {"value": "yolo", "name": "y"}, {"value": "default", "name": "d"}]}]\
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logins_modes_and_sessions_that_go_on_keep_to_the_schema(
            boolean resumes, @TempDir Path home) throws Exception {
        Path script =
                rigFile(
                        home,
                        """
                        {"login": "who are you",
                         "initialize": {"authMethods": [{"id": "key", "name": "Key"}]},
                         %s, "session": {%s}, "steps": [%s]}
                        """
                                .formatted(
                                        resumes
                                                ? "\"resumes\": true"
                                                : "\"loads\": [{\"say\": \"before\"}]",
                                        resumes ? MODES : OPTIONS,
                                        ASKS));
        String agent =
                "sh -c 'tee -a \"%s\" | %s | tee -a \"%s\"'"
                        .formatted(
                                home.resolve("sent"),
                                String.join(" ", ScriptedCommand.words(script)),
                                home.resolve("heard"));
        var engine = new TestEngine();
        ThreadId thread = new ThreadId("t");
        for (int life = 0; life < 2; life++) {
            try (var rig =
                    new ReactorRig(
                            home,
                            ReactorRig.patient(),
                            engine,
                            Map.of(),
                            Map.of(agent, "key"),
                            (directory, process) ->
                                    new ProjectServices(
                                            directory, true, true, process::startBeside))) {
                if (life == 0) {
                    rig.thread("t", agent);
                }
                rig.awaitEnd(rig.prompt(thread));
            }
        }
        List<RpcMessage> sent = messages(home.resolve("sent"));
        List<RpcMessage> heard = messages(home.resolve("heard"));

        String mode = resumes ? "session/set_mode" : "session/set_config_option";
        assertThat(kinds(sent))
                .containsSubsequence(
                        "initialize",
                        "authenticate",
                        "session/new",
                        mode,
                        "session/prompt",
                        "answer",
                        "refusal",
                        "initialize",
                        "authenticate",
                        resumes ? "session/resume" : "session/load",
                        mode,
                        "session/prompt");
        assertThat(kinds(sent)).filteredOn("refusal"::equals).hasSize(2 * 4);
        assertThat(kinds(sent)).filteredOn("answer"::equals).hasSize(2 * 11);
        assertThat(problems(sent, heard)).isEmpty();
    }

    private static Path rigFile(Path home, String text) throws IOException {
        return Files.writeString(home.resolve("script.json"), text);
    }

    @Test
    void a_question_that_is_answered_at_once_is_answered_once(@TempDir Path home) throws Exception {
        try (var rig = new ReactorRig(home, ReactorRig.patient())) {
            String ask = "{\"ask\": \"May I?\"}";
            Path script =
                    rig.write(
                            "script.json",
                            "{\"steps\": [%s]}"
                                    .formatted(String.join(",", Collections.nCopies(50, ask))));
            String agent = String.join(" ", ScriptedCommand.words(script));
            ThreadId thread =
                    rig.thread(
                            "t", "sh -c 'tee \"%s\" | %s'".formatted(home.resolve("sent"), agent));
            TurnId turn = rig.prompt(thread);
            for (int i = 0; i < 50; i++) {
                rig.approve(thread, rig.awaitQuestion(turn));
            }
            rig.awaitEnd(turn);

            assertThat(kinds(messages(home.resolve("sent"))))
                    .filteredOn("answer"::equals)
                    .hasSize(50);
        }
    }

    private static List<String> kinds(List<RpcMessage> messages) {
        return messages.stream()
                .map(message ->
                        switch (message) {
                            case RpcMessage.Request(_, var method, _) -> method;
                            case RpcMessage.Notification(var method, _) -> method;
                            case RpcMessage.Response _ -> "answer";
                            case RpcMessage.Failure _ -> "refusal";
                        })
                .toList();
    }

    private static long lines(Path file) {
        try {
            return Files.readString(file).chars().filter(c -> c == '\n').count();
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static List<RpcMessage> messages(Path file) throws Exception {
        var messages = new ArrayList<RpcMessage>();
        for (String line : Files.readAllLines(file)) {
            messages.add(Objects.requireNonNull(RpcMessage.of(Json.parse(line)), line));
        }
        return messages;
    }

    private List<String> problems(List<RpcMessage> side, List<RpcMessage> otherSide) {
        var problems = new ArrayList<String>();
        for (RpcMessage message : side) {
            switch (message) {
                case RpcMessage.Request(_, var method, var params) ->
                        problems.addAll(check(REQUESTS.get(method) + "Request", params));
                case RpcMessage.Notification(var method, var params) ->
                        problems.addAll(
                                check(Objects.requireNonNull(NOTIFICATIONS.get(method)), params));
                case RpcMessage.Response(var id, var result) ->
                        problems.addAll(
                                check(REQUESTS.get(asked(id, otherSide)) + "Response", result));
                case RpcMessage.Failure failure ->
                        problems.addAll(check("Error", failure.toJson().path("error")));
            }
        }
        return problems;
    }

    private static @Nullable String asked(JsonNode id, List<RpcMessage> side) {
        for (RpcMessage message : side) {
            if (message instanceof RpcMessage.Request(var other, var method, _)
                    && RpcMessage.key(other).equals(RpcMessage.key(id))) {
                return method;
            }
        }
        return null;
    }
}
