package dev.stele.git.worktree;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A merge that is killed at any step is taken back whole, or finished whole. */
class KilledMergeTest {

    @TempDir Path temp;
    private Worktrees worktrees = new Worktrees(Path.of(System.getProperty("java.io.tmpdir")));
    private WorkTree project = worktrees.project;
    private WorkTree tree = worktrees.project;

    @BeforeEach
    void repository() throws InterruptedException {
        worktrees = new Worktrees(temp);
        project = worktrees.project;
        project.write("a", "1\n").write("b/x", "x").write("c", "c").write("d", "d").commit("1");
        tree = worktrees.added("one");
        tree.write("a", "2\n").delete("b").write("b", "a file now").delete("c");
        tree.write("c/y", "a directory now").delete("d").write("new/e", "e").commit("work");
        project.write("mine", "untracked").write("other", "o");
        project.git().run("add", "other");
    }

    /** Kills a merge at the place where it could stop for the n-th time; tells whether it was. */
    private boolean killAt(WorktreeRequest request, int n) throws IOException {
        Process child = MergingChild.start(request, worktrees.state());
        try (var signs = child.getErrorStream();
                var go = child.getOutputStream()) {
            int seen = 0;
            for (int read = signs.read(); read >= 0; read = signs.read()) {
                if (read != MergingChild.SIGN) {
                    continue;
                }
                if (++seen == n) {
                    child.destroyForcibly().onExit().join();
                    return true;
                }
                go.write(0);
                go.flush();
            }
            child.onExit().join();
            return false;
        }
    }

    @Test
    void killed_at_any_step_before_the_branch_moved_all_is_as_it_was() throws Exception {
        SortedMap<String, String> files = project.onDisk();
        String status = project.git().run("status", "--porcelain", "-uall");
        String head = project.git().line("rev-parse", "HEAD");
        int step = 1;
        while (killAt(worktrees.request(new OperationId("k" + step), "one"), step)) {
            WorktreeRequest request = worktrees.request(new OperationId("k" + step), "one");
            assertThatThrownBy(() -> worktrees.merge(request))
                    .isInstanceOf(GitFailure.class)
                    .hasMessageContaining("has taken back what was done of it");
            assertThat(project.onDisk()).as("step %d", step).isEqualTo(files);
            assertThat(project.git().run("status", "--porcelain", "-uall")).isEqualTo(status);
            assertThat(project.git().line("rev-parse", "HEAD")).isEqualTo(head);
            step++;
        }
        assertThat(step).isGreaterThan(6);
        assertThat(project.git().line("rev-parse", "HEAD"))
                .isEqualTo(tree.git().line("rev-parse", "HEAD"));
    }

    @Test
    void killed_after_the_branch_moved_the_index_is_put_right() throws Exception {
        WorktreeRequest request = worktrees.request("one");
        String old = project.git().line("rev-parse", "HEAD");
        Path kept = temp.resolve("index");
        Files.copy(project.at(".git/index"), kept);
        String merged = worktrees.merge(request);
        String status = project.git().run("status", "--porcelain", "-uall");

        Files.copy(kept, project.at(".git/index"), REPLACE_EXISTING);
        Files.writeString(project.at(".git/index.lock"), "stele " + request.id() + "\n");
        worktrees.begun.begin(request.id(), old + ":" + merged);
        assertThat(worktrees.merge(request)).isEqualTo(merged);
        assertThat(project.git().run("status", "--porcelain", "-uall")).isEqualTo(status);
        assertThat(project.at(".git/index.lock")).doesNotExist();
    }

    @Test
    void what_was_written_after_the_kill_is_left_and_named() throws Exception {
        WorktreeRequest request = worktrees.request("one");
        int step = 1;
        while (killAt(request, step) && !project.read("a").equals("2\n")) {
            assertThatThrownBy(() -> worktrees.merge(request)).isInstanceOf(GitFailure.class);
            worktrees.begun.end(request.id());
            step++;
        }
        project.write("a", "written after the kill");

        assertThatThrownBy(() -> worktrees.merge(request))
                .isInstanceOfSatisfying(
                        GitFailure.class,
                        failure -> assertThat(failure.paths()).containsExactly("a"));
        assertThat(project.read("a")).isEqualTo("written after the kill");
        assertThat(project.read("b/x") + project.read("c") + project.read("d")).isEqualTo("xcd");
    }

    @Test
    void a_merge_that_is_no_longer_wanted_is_taken_back() {
        SortedMap<String, String> files = project.onDisk();
        var stop =
                new StopSign() {
                    @Override
                    public void check() {
                        if (project.at("new/e").toFile().exists()) {
                            raise();
                        }
                        super.check();
                    }
                };
        assertThatThrownBy(() ->
                        new WorktreeMerge(worktrees.begun, Worktrees.LIMIT)
                                .merge(worktrees.request("one"), stop))
                .isInstanceOf(StopSign.Stopped.class);
        assertThat(project.onDisk()).isEqualTo(files);
        assertThat(project.git().line("log", "-1", "--format=%s")).isEqualTo("1");
    }
}
