package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.OperationId;
import dev.stele.domain.command.OrchestrationCommand.PushBranch;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people choose from before a push, and what they hear while it goes. */
class RepositoryRoutesTest {
    private final Path folder;
    private final WorkingRig rig;

    RepositoryRoutesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.rig = new WorkingRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void branches_and_remotes_are_told_without_passwords() throws Exception {
        rig.git.git("remote", "add", "origin", "https://me:secret@example.org/x.git");
        rig.git.git("branch", "side");

        JsonNode repository = rig.json(rig.at("/repository"));

        assertThat(repository.path("branch").asString()).isEqualTo("main");
        assertThat(repository.path("branches").findValuesAsString("name"))
                .containsExactlyInAnyOrder("main", "side");
        assertThat(repository.path("remotes"))
                .hasToString("[{\"name\":\"origin\",\"url\":\"https://example.org/x.git\"}]");
    }

    @Test
    void what_a_push_would_send_is_told() throws Exception {
        rig.remote("origin", "exit 0");

        JsonNode outgoing = rig.json(rig.at("/outgoing?branch=main&remote=origin"));

        assertThat(outgoing.path("ahead").asInt()).isEqualTo(1);
        assertThat(outgoing.has("behind")).as("nobody has looked there yet").isFalse();
        assertThat(outgoing.path("commits").findValuesAsString("subject")).containsExactly("Begin");
        assertThat(rig.get(rig.at("/outgoing?branch=main")).statusCode()).isEqualTo(400);
        assertThat(rig.get(rig.at("/outgoing?branch=none&remote=origin")).body())
                .contains("urn:stele:problem:RepositoryUnreadable", "There is no branch none.");
    }

    @Test
    void a_directory_without_a_repository_is_told_in_a_sentence() throws Exception {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        String id = rig.stele.project(plain).value();

        var answer = rig.get("/api/projects/" + id + "/repository");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("urn:stele:problem:RepositoryUnreadable", "plain");
        assertThat(rig.get("/api/projects/none/repository").statusCode()).isEqualTo(404);
    }

    @Test
    void what_git_says_of_a_push_is_told_while_it_goes_and_is_no_fact() throws Exception {
        Path bare =
                rig.remote(
                        "origin",
                        "echo halfway >&2; while [ ! -e go ]; do sleep 0.1; done; echo over >&2");
        OperationId id = Ids.operation();
        rig.stele.execute(new PushBranch(id, rig.project, "main", "origin", null, Instant.now()));
        String path = "/api/operations/" + id + "/progress";

        Waiting.until("the remote's word has come", () -> rig.get(path).body().contains("halfway"));
        JsonNode meanwhile = rig.json(path);
        Files.createFile(bare.resolve("go"));
        rig.settled(id);

        assertThat(meanwhile.path("open").asBoolean()).isTrue();
        long known =
                meanwhile
                        .path("lines")
                        .get(meanwhile.path("lines").size() - 1)
                        .path("number")
                        .asLong();
        JsonNode rest = rig.json(path + "?after=" + known);
        assertThat(rest.path("open").asBoolean()).isFalse();
        assertThat(rest.path("lines").findValuesAsString("line"))
                .anyMatch(line -> line.contains("over"))
                .noneMatch(line -> line.contains("halfway"));
        assertThat(rig.json("/api/events?q=halfway").path("events").size()).isZero();
        assertThat(rig.get("/api/operations/none/progress").statusCode()).isEqualTo(404);
    }

    @Test
    void a_program_that_works_through_the_server_hears_how_far_its_push_is() throws Exception {
        Path bare = rig.remote("origin", "echo halfway >&2; while [ ! -e go ]; do sleep 0.1; done");
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Stele attached =
                Stele.builder()
                        .home(rig.home)
                        .attach(true)
                        .onProgress((_, line, _) -> {
                            heard.add(line);
                            if (line.contains("halfway")) {
                                touch(bare.resolve("go"));
                            }
                        })
                        .open()) {
            Operation.Push push = attached.push(rig.project, "main", "origin", null);

            assertThat(push.state()).isInstanceOf(OperationState.Recorded.class);
            assertThat(heard).anyMatch(line -> line.contains("halfway"));
        }
    }

    private static void touch(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void of_what_passes_only_the_newest_line_is_kept_and_of_much_only_the_end() {
        var board = new ProgressBoard();
        var id = new OperationId("push");
        for (int i = 1; i <= 1_000; i++) {
            board.told(id, "part " + i, true);
        }
        board.told(id, "done", false);
        assertThat(board.of(id, 0)).extracting(ProgressBoard.Line::line).containsExactly("done");

        for (int i = 1; i <= 1_000; i++) {
            board.told(id, "line " + i, false);
        }
        assertThat(board.of(id, 0))
                .hasSizeLessThan(300)
                .last()
                .extracting("line")
                .isEqualTo("line 1000");
        for (int i = 0; i < 100; i++) {
            board.told(new OperationId("other-" + i), "x", false);
        }
        assertThat(board.of(id, 0)).as("others came since").isEmpty();
    }
}
