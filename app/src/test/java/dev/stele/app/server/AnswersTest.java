package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.support.Commands;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.QueuePrompt;
import dev.stele.domain.command.OrchestrationCommand.RestoreCheckpoint;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.RestoreScope;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every answer about a project in which something has happened is as the description says; the rig
 * holds each against it.
 */
class AnswersTest {
    private static final CheckpointId BEFORE = CheckpointId.before(Commands.TURN);
    private static final CheckpointId AFTER = CheckpointId.after(Commands.TURN);
    private static final OperationId RESTORE = new OperationId("restore-1");

    private final Path project;
    private final ServerRig rig;

    AnswersTest(@TempDir Path folder) throws IOException {
        this.project = Files.createDirectory(folder.resolve("project"));
        this.rig = ServerRig.withGit(folder);
        Files.writeString(project.resolve("a.txt"), "one\n");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void awaitReady(CheckpointId id) {
        Waiting.until(
                id + " is ready",
                () -> {
                    Checkpoint checkpoint = rig.stele.model().checkpoint(id);
                    return checkpoint != null && !checkpoint.isPending();
                });
    }

    private void talk() throws IOException {
        rig.send(new CreateProject(Commands.PROJECT, "P", project.toString(), Commands.AT));
        rig.send(Commands.thread(1));
        rig.send(Commands.turn(1));
        awaitReady(BEFORE);
        rig.send(Commands.says(1, "First. "));
        rig.send(
                Commands.reports(
                        2,
                        new ProviderEvent.PlanUpdate(
                                List.of(new PlanEntry("Step", "in_progress", null)))));
        rig.send(Commands.reports(3, new ProviderEvent.ToolCall(call())));
        rig.send(
                Commands.reports(
                        4,
                        new ProviderEvent.AwaitingApproval(
                                new ActionId("action-1"),
                                "call-1",
                                "May I?",
                                List.of(
                                        new PermissionOption(
                                                "yes", "Yes", PermissionOption.Kind.ALLOW_ONCE)))));
        Files.writeString(project.resolve("a.txt"), "two\n");
    }

    private static MessageContent.ToolCall call() {
        return new MessageContent.ToolCall(
                "call-1", "edit", "{}", "Edit", ToolKind.EDIT, null, null, null, null);
    }

    private JsonNode asked(String path) {
        HttpResponse<String> answer = rig.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return ServerRig.JSON.readTree(answer.body());
    }

    @Test
    void while_a_turn_is_at_work() throws IOException {
        talk();
        rig.send(
                new QueuePrompt(
                        new TurnId("turn-2"),
                        Commands.THREAD,
                        List.of(new MessageContent.Text("Later")),
                        Commands.AT));
        String thread = "/api/threads/thread-1";

        assertThat(asked(thread).path("plan").size()).isEqualTo(1);
        assertThat(asked(thread).path("queue").size()).isEqualTo(1);
        assertThat(asked(thread).path("pending").size()).isEqualTo(1);
        assertThat(asked(thread + "/messages?limit=1").has("before")).isTrue();
        assertThat(asked(thread + "/turns").path("turns").size()).isEqualTo(1);
        assertThat(asked(thread + "/checkpoints").path("checkpoints").size()).isEqualTo(1);
        asked("/api/turns/turn-1");
        asked("/api/overview");
        asked("/api/threads?project=project-1&limit=1");
        assertThat(asked("/api/events?limit=2").has("next")).isTrue();
        for (long at = 0; at <= rig.stele.model().sequence(); at++) {
            asked("/api/overview?at=" + at);
            rig.get(thread + "?at=" + at); // there, or not yet there
        }
    }

    @Test
    void when_it_is_over_and_taken_back() throws IOException {
        talk();
        rig.send(Commands.ends(5));
        awaitReady(AFTER);

        assertThat(asked("/api/turns/turn-1/diff").path("files").size()).isEqualTo(1);
        asked("/api/turns/turn-1/messages?from=1&limit=1");
        asked("/api/diff?from=" + BEFORE + "&to=" + AFTER);
        asked("/api/diff?from=" + BEFORE);
        asked("/api/checkpoints/" + AFTER);
        asked("/api/checkpoints/" + BEFORE + "/restore-plan?selection=all");
        asked("/api/threads/thread-1/checkpoints?limit=1");
        rig.send(new RestoreCheckpoint(RESTORE, BEFORE, RestoreScope.FILES, null, Commands.AT));
        awaitOver(RESTORE);
        asked("/api/operations/" + RESTORE);
        asked("/api/threads/thread-1");
        HttpResponse<String> undone = rig.post("/api/threads/thread-1/undo", "{}");
        assertThat(undone.statusCode()).as(undone.body()).isEqualTo(200);
        String restore = ServerRig.JSON.readTree(undone.body()).path("restoreId").asString();
        awaitOver(new OperationId(restore));
        assertThat(project.resolve("a.txt")).hasContent("two");
    }

    private void awaitOver(OperationId id) {
        Waiting.until(
                id + " is over",
                () -> {
                    Operation operation = rig.stele.model().operation(id);
                    return operation != null && !operation.isOpen();
                });
    }

    @Test
    void the_log_and_the_server() throws IOException {
        talk();
        for (String path :
                List.of("/api/log/head", "/api/log/stats", "/api/agents", "/api/health?nonce=n")) {
            asked(path);
        }
        for (String path : List.of("/api/log/verify", "/api/log/compact")) {
            assertThat(rig.post(path, "{}").statusCode()).as(path).isEqualTo(200);
        }
        assertThat(rig.post("/api/projects", "{\"path\":\"%s\"}".formatted(project)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_is_not_there_or_not_allowed_is_a_problem_everywhere() throws IOException {
        talk();
        for (Route route : rig.server.routes()) {
            String path = route.path().replaceAll("\\{\\w+}", "none");
            var query = new TreeSet<>(route.query());
            query.add("unknown");
            for (String name : query) {
                String asked = path + "?" + name + "=-";
                HttpResponse<String> answer =
                        route.method().equals("GET") ? rig.get(asked) : rig.post(asked, "[]");
                assertThat(answer.statusCode()).as(asked).isBetween(200, 499);
                assertThat(name.equals("unknown") && answer.statusCode() != 400)
                        .as(asked)
                        .isFalse();
            }
        }
    }

    @Test
    void the_check_finds_what_is_not_described() {
        rig.send(Commands.project(1));
        HttpResponse<String> answer = rig.get("/api/overview");

        Description.check("GET", 200, "/api/overview", answer.body());
        String other = answer.body().replace("\"writable\"", "\"writeable\"");
        assertThatThrownBy(() -> Description.check("GET", 200, "/api/overview", other))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("writable")
                .hasMessageContaining("writeable");
        assertThatThrownBy(() -> Description.check("GET", 404, "/api/overview", "{}"))
                .isInstanceOf(AssertionError.class);
    }
}
