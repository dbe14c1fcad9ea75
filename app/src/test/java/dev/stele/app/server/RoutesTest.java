package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.Commands;
import dev.stele.domain.model.Project;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the API answers. */
class RoutesTest {
    private static final String RENAME =
            "{\"type\":\"RenameProject\",\"projectId\":\"project-1\",\"name\":\"%s\"}";

    private final Path folder;
    private final ServerRig rig;

    RoutesTest(@TempDir Path folder) {
        this.folder = folder;
        this.rig = new ServerRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_command_is_durable_when_it_is_answered_and_a_repeat_gets_the_same_answer() {
        rig.send(Commands.project(1));
        var request =
                rig.request("/api/commands")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "once");

        var first = rig.answer(request.copy().POST(body(RENAME.formatted("A"))).build());
        var again = rig.answer(request.copy().POST(body(RENAME.formatted("A"))).build());
        var other = rig.answer(request.copy().POST(body(RENAME.formatted("B"))).build());

        assertThat(first.body())
                .isEqualTo("{\"commandId\":\"once\",\"first\":2,\"last\":2}")
                .isEqualTo(again.body());
        assertThat(first.headers().firstValue("Stele-Sequence")).contains("2");
        assertThat(rig.stele.model().project(Commands.PROJECT))
                .extracting(Project::name)
                .isEqualTo("A");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("urn:stele:problem:CommandIdConflict");
    }

    private static java.net.http.HttpRequest.BodyPublisher body(String text) {
        return java.net.http.HttpRequest.BodyPublishers.ofString(text);
    }

    @Test
    void a_refusal_is_a_problem_that_carries_the_deciders_error() {
        HttpResponse<String> answer = rig.post("/api/commands", RENAME.formatted("A"));

        JsonNode problem = ServerRig.JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(problem.path("type").asString()).isEqualTo("urn:stele:problem:ProjectNotFound");
        assertThat(problem.path("status").asInt()).isEqualTo(404);
        assertThat(problem.path("error").path("type").asString()).isEqualTo("ProjectNotFound");
        assertThat(problem.path("error").path("projectId").asString()).isEqualTo("project-1");
        assertThat(problem.path("detail").asString()).contains("project-1");
    }

    @Test
    void what_is_no_command_is_told_where_it_is_wrong() {
        assertThat(rig.post("/api/commands", "{").statusCode()).isEqualTo(400);
        assertThat(rig.post("/api/commands", "[]").statusCode()).isEqualTo(400);
        assertThat(rig.post("/api/commands", "{\"type\":\"Nonsense\"}").statusCode())
                .isEqualTo(422);
        assertThat(rig.post("/api/commands", "{\"type\":\"RenameProject\"}").body())
                .contains("projectId");
        assertThat(rig.stele.model().sequence()).isZero();
    }

    @Test
    void commands_of_reactors_are_nobody_elses() {
        String report = "{\"type\":\"FailCheckpoint\",\"checkpointId\":\"c\",\"why\":\"because\"}";

        assertThat(rig.post("/api/commands", report).statusCode()).isEqualTo(403);
    }

    @Test
    void a_directory_becomes_a_project_once() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("work"));
        String body =
                ServerRig.JSON.writeValueAsString(
                        ServerRig.JSON.createObjectNode().put("path", directory.toString()));

        String first = rig.post("/api/projects", body).body();

        assertThat(rig.post("/api/projects", body).body()).isEqualTo(first);
        assertThat(rig.stele.model().projects().size()).isEqualTo(1);
        assertThat(rig.post("/api/projects", "{\"path\":\"/nowhere/at/all\"}").statusCode())
                .isEqualTo(422);
        assertThat(rig.post("/api/projects", "{\"path\":\"work\"}").statusCode()).isEqualTo(422);
    }

    @Test
    void a_directory_may_be_named_from_the_home_of_who_runs_the_server_on() throws Exception {
        String missing = rig.post("/api/projects", "{\"path\":\" ~/no such directory \"}").body();

        assertThat(missing)
                .contains(System.getProperty("user.home") + "/no such directory")
                .contains("There is no directory");
    }

    @Test
    void the_overview_tells_of_projects_and_the_newest_threads() {
        rig.send(Commands.project(1));
        for (int thread = 1; thread <= 3; thread++) {
            rig.send(Commands.thread(thread));
        }
        rig.send(Commands.turn(1));

        JsonNode overview = rig.json("/api/overview?limit=2");

        assertThat(overview.path("sequence").asLong()).isEqualTo(rig.stele.model().sequence());
        assertThat(overview.path("projects").get(0).path("threads").asInt()).isEqualTo(3);
        assertThat(ids(overview.path("threads"))).containsExactly("thread-3", "thread-2");
        assertThat(overview.path("more").asBoolean()).isTrue();
        JsonNode rest = rig.json("/api/threads?before=thread-2");
        assertThat(ids(rest.path("threads"))).containsExactly("thread-1");
        assertThat(rest.path("threads").get(0).path("status").path("type").asString())
                .isEqualTo("Running");
        assertThat(rest.path("more").asBoolean()).isFalse();
    }

    @Test
    void an_agent_is_asked_whether_it_can_be_prompted() {
        var request = rig.request("/api/agents/ask").header("Content-Type", "application/json");

        var ready = rig.answer(request.copy().POST(body("{\"agent\":\"scripted\"}")).build());
        var nobody = rig.answer(request.copy().POST(body("{\"agent\":\" \"}")).build());

        assertThat(ready.body()).isEqualTo("{\"state\":\"ready\"}");
        assertThat(nobody.statusCode()).isEqualTo(422);
    }

    private static List<String> ids(JsonNode list) {
        var ids = new ArrayList<String>();
        list.forEach(each -> ids.add(each.path("id").asString()));
        return ids;
    }

    @Test
    void the_past_is_told_as_it_was() {
        rig.withTurn();

        JsonNode then = rig.json("/api/overview?at=2");

        assertThat(then.path("sequence").asLong()).isEqualTo(2);
        assertThat(then.path("threads").get(0).path("status").path("type").asString())
                .isEqualTo("Idle");
        assertThat(rig.get("/api/overview?at=99").statusCode()).isEqualTo(404);
        assertThat(rig.get("/api/overview?at=x").statusCode()).isEqualTo(400);
    }

    @Test
    void messages_come_in_pages_from_the_newest_back_to_the_first_without_a_gap() {
        rig.withTurn();
        rig.send(Commands.says(1, "one"));
        rig.send(Commands.ends(2));
        rig.send(Commands.turn(2));

        var seen = new ArrayList<String>();
        String before = "";
        do {
            JsonNode page = rig.json("/api/threads/thread-1/messages?limit=2" + before);
            var items = new ArrayList<String>();
            page.path("items")
                    .forEach(item ->
                            items.add(
                                    item.path("turnId").asString()
                                            + "/"
                                            + item.path("message").path("ordinal").asInt()));
            seen.addAll(0, items);
            before = page.has("before") ? "&before=" + page.path("before").asString() : "";
        } while (!before.isEmpty());

        assertThat(seen).containsExactly("turn-1/0", "turn-1/1", "turn-2/0");
        assertThat(rig.get("/api/threads/thread-1/messages?before=x/1").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_thread_is_told_with_its_turns_and_what_waits() {
        rig.withTurn();

        JsonNode thread = rig.json("/api/threads/thread-1");

        assertThat(thread.path("thread").path("turnCount").asInt()).isEqualTo(1);
        assertThat(thread.path("project").path("id").asString()).isEqualTo("project-1");
        assertThat(rig.json("/api/threads/thread-1/turns").path("turns").get(0).path("messages"))
                .hasToString("1");
        assertThat(rig.json("/api/turns/turn-1/messages").path("total").asInt()).isEqualTo(1);
        assertThat(rig.get("/api/threads/none").statusCode()).isEqualTo(404);
        assertThat(rig.get("/api/threads/a%20b").statusCode()).isEqualTo(400);
        assertThat(rig.get("/api/turns/none/messages").statusCode()).isEqualTo(404);
        assertThat(rig.get("/api/checkpoints/none").statusCode()).isEqualTo(404);
        assertThat(rig.get("/api/operations/none").statusCode()).isEqualTo(404);
    }

    @Test
    void the_log_comes_in_pages_and_can_be_searched() {
        rig.withTurn();

        JsonNode page = rig.json("/api/events?after=1&limit=2");

        assertThat(page.path("events").get(0).path("sequence").asLong()).isEqualTo(2);
        assertThat(page.path("next").asLong()).isEqualTo(3);
        assertThat(rig.json("/api/events?type=TurnStarted").path("events").size()).isEqualTo(1);
        assertThat(rig.json("/api/events?q=PROJECT%201").path("events").size()).isEqualTo(1);
        assertThat(rig.json("/api/events?thread=thread-1").path("events").size()).isEqualTo(3);
        assertThat(rig.json("/api/events").has("next")).isFalse();
    }

    @Test
    void the_log_is_cared_for() {
        rig.withTurn();

        assertThat(rig.json("/api/log/head").path("sequence").asLong()).isEqualTo(4);
        assertThat(rig.json("/api/log/stats").path("commands").asInt()).isEqualTo(3);
        assertThat(rig.post("/api/log/verify", "{}").body()).contains("\"chain\":\"sound\"");
        assertThat(rig.post("/api/log/verify", "{\"expect\":\"x\"}").statusCode()).isEqualTo(422);
        assertThat(rig.post("/api/log/compact", "{\"olderThan\":\"P1D\"}").statusCode())
                .isEqualTo(200);
        assertThat(rig.post("/api/log/compact", "{\"olderThan\":\"-P1D\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void metrics_are_in_the_text_format_of_prometheus() {
        rig.withTurn();
        rig.post("/api/commands", RENAME.formatted("A"));

        HttpResponse<String> metrics = rig.get("/metrics");

        assertThat(metrics.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(metrics.body().lines())
                .contains(
                        "stele_log_sequence 5",
                        "stele_turns_live 1",
                        "stele_commands_total{result=\"accepted\"} 1")
                .allMatch(line -> line.matches("# (HELP|TYPE) .+|[a-z_]+(\\{.+\\})? [0-9.]+"));
    }

    @Test
    void what_is_not_there_says_so() {
        assertThat(rig.get("/api/nothing").statusCode()).isEqualTo(404);
        assertThat(rig.get("/api/commands").statusCode()).isEqualTo(405);
        assertThat(rig.get("/api/overview?limits=1").body()).contains("limits", "limit");
    }
}
