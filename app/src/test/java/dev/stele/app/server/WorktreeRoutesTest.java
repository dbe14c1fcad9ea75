package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.GitProject;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Worktrees over HTTP: made, told of, merged and removed. */
class WorktreeRoutesTest {
    private final WorkingRig rig;

    WorktreeRoutesTest(@TempDir Path folder) throws IOException {
        this.rig = new WorkingRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Operation.AddWorktree made(String body) throws Exception {
        var answer = rig.post(rig.at("/worktrees"), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String id = ServerRig.JSON.readTree(answer.body()).path("id").asString();
        return (Operation.AddWorktree) rig.settled(new OperationId(id));
    }

    private GitProject tree(ProjectId id) {
        return GitProject.at(Path.of(Objects.requireNonNull(rig.stele.model().project(id)).path()));
    }

    private JsonNode told() throws Exception {
        return rig.json(rig.at("/worktrees"));
    }

    @Test
    void a_worktree_is_told_with_its_branch_and_what_is_not_committed() throws Exception {
        ProjectId id = made("{\"name\":\"apart\"}").worktreeId();
        tree(id).write("more.txt", "more\n");
        tree(id).git("commit", "--quiet", "--allow-empty", "--message=Step");
        String thread = rig.thread(id).value();

        JsonNode list = told();

        assertThat(list.path("project").path("branch").asString()).isEqualTo("main");
        JsonNode one = list.path("worktrees").get(0);
        assertThat(one.path("name").asString()).isEqualTo("apart");
        assertThat(one.path("branch").asString()).isEqualTo("stele/apart");
        assertThat(one.path("standing").asString()).isEqualTo("there");
        assertThat(one.path("there").asBoolean()).isTrue();
        assertThat(one.path("newestThread").asString()).isEqualTo(thread);
        assertThat(one.path("merge").path("ahead").asInt()).isEqualTo(1);
        assertThat(one.path("uncommitted")).hasToString("[\"more.txt\"]");
        assertThat(rig.json("/api/projects/" + id + "/worktrees").path("worktrees"))
                .as("asked of the worktree")
                .isEqualTo(list.path("worktrees"));
    }

    @Test
    void a_name_is_made_of_what_it_is_about_and_none_is_taken_twice() throws Exception {
        made("{\"about\":\"Fix the Login!\"}");
        made("{\"about\":\"Fix the login\"}");

        assertThat(told().path("worktrees").findValuesAsString("name"))
                .containsExactly("fix-the-login", "fix-the-login-2");
    }

    @Test
    void what_cannot_be_is_refused_as_the_command_line_refuses_it() throws Exception {
        var name = rig.post(rig.at("/worktrees"), "{\"name\":\"../x\"}");
        assertThat(name.statusCode()).isEqualTo(422);
        assertThat(name.body()).contains("letters, digits, dots");
        assertThat(rig.post(rig.at("/worktrees"), "{\"name\":1}").statusCode()).isEqualTo(422);
        assertThat(rig.post("/api/projects/none/worktrees", "{}").statusCode()).isEqualTo(404);
        assertThat(made("{\"name\":\"apart\",\"from\":\"nowhere\"}").state())
                .isInstanceOfSatisfying(
                        OperationState.Failed.class,
                        failed -> assertThat(failed.why()).contains("nowhere"));
    }

    @Test
    void one_that_was_removed_comes_back_under_its_name_with_its_branch() throws Exception {
        ProjectId id = made("{\"name\":\"apart\"}").worktreeId();
        rig.stele.worktrees().remove(id, null);
        JsonNode removed = told().path("worktrees").get(0);

        assertThat(removed.path("standing").asString()).isEqualTo("removed");
        assertThat(removed.path("there").asBoolean()).isFalse();
        assertThat(removed.has("uncommitted")).isFalse();
        assertThat(made("{\"name\":\"apart\"}").worktreeId()).isEqualTo(id);
        assertThat(told().path("worktrees").get(0).path("there").asBoolean()).isTrue();
    }

    @Test
    void one_whose_directory_is_deleted_by_hand_is_told_as_not_there() throws Exception {
        ProjectId id = made("{\"name\":\"apart\"}").worktreeId();
        Path top = tree(id).directory();
        Files.move(top, top.resolveSibling("moved"));

        JsonNode one = told().path("worktrees").get(0);

        assertThat(one.path("standing").asString()).isEqualTo("there");
        assertThat(one.path("there").asBoolean()).isFalse();
    }
}
