package dev.stele.git.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorktreeAddingTest {

    @TempDir Path temp;
    private Worktrees worktrees = new Worktrees(Path.of(System.getProperty("java.io.tmpdir")));

    @BeforeEach
    void repository() {
        worktrees = new Worktrees(temp);
        worktrees.project.write("a", "1").commit("first").write("a", "2").commit("second");
    }

    private String at(String revision) {
        return worktrees.project.git().line("rev-parse", revision);
    }

    @Test
    void a_worktree_has_a_branch_of_its_own_and_leaves_the_project_as_it_is()
            throws InterruptedException {
        worktrees.project.write("a", "not committed").write("new", "untracked");
        var before = worktrees.project.untouchables();
        before.remove("refs");

        assertThat(worktrees.add(worktrees.request("one"), null)).isEqualTo(at("HEAD"));
        assertThat(worktrees.add(worktrees.request("two"), "HEAD~1")).isEqualTo(at("HEAD~1"));

        assertThat(worktrees.tree("one").read("a")).isEqualTo("2");
        assertThat(worktrees.tree("two").read("a")).isEqualTo("1");
        assertThat(worktrees.tree("one").git().line("symbolic-ref", "HEAD"))
                .isEqualTo("refs/heads/stele/one");
        assertThat(worktrees.project.untouchables()).containsAllEntriesOf(before);
    }

    @Test
    void asked_for_again_it_is_found() throws InterruptedException {
        WorktreeRequest request = worktrees.request("one");
        String made = worktrees.add(request, null);
        worktrees.tree("one").write("a", "work");

        assertThat(worktrees.add(request, null)).isEqualTo(made);
        assertThat(worktrees.add(worktrees.request("one"), null)).isEqualTo(made);
        assertThat(worktrees.tree("one").read("a")).isEqualTo("work");
    }

    @Test
    void a_branch_that_is_there_is_checked_out_and_never_moved() throws InterruptedException {
        worktrees.project.git().run("branch", "stele/one", "HEAD~1");
        assertThatThrownBy(() -> worktrees.add(worktrees.request("one"), "HEAD"))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("There is a branch stele/one already");

        assertThat(worktrees.add(worktrees.request("one"), null)).isEqualTo(at("HEAD~1"));
    }

    @Test
    void a_directory_that_was_deleted_by_hand_comes_back_on_its_branch()
            throws InterruptedException {
        WorkTree tree = worktrees.added("one");
        tree.write("b", "kept").commit("work");
        String tip = at("stele/one");
        tree.delete("");

        assertThat(worktrees.add(worktrees.request("one"), null)).isEqualTo(tip);
        assertThat(tree.read("b")).isEqualTo("kept");
    }

    @Test
    void commits_on_no_branch_are_not_let_go_with_a_deleted_directory()
            throws InterruptedException {
        WorkTree tree = worktrees.added("one");
        tree.git().run("checkout", "-q", "--detach");
        tree.write("b", "on no branch").commit("lost");
        String lost = tree.git().line("rev-parse", "HEAD");
        tree.delete("");

        assertThatThrownBy(() -> worktrees.add(worktrees.request("one"), null))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("git branch NAME " + lost);
        worktrees.project.git().run("branch", "saved", lost);
        assertThat(worktrees.add(worktrees.request("one"), null)).isEqualTo(at("stele/one"));
    }

    @Test
    void what_cannot_be_made_is_explained() throws IOException {
        assertRefused("one", "nowhere", "There is no commit nowhere");
        worktrees.project.git().run("branch", "stele");
        assertRefused("two", null, "Git could not make the worktree");
        Files.createDirectories(worktrees.place().resolve("taken/by"));
        assertRefused("taken", null, "is there already, and is no worktree");
    }

    @Test
    void a_project_without_a_commit_or_a_repository_has_no_worktrees() throws IOException {
        worktrees = new Worktrees(temp.resolve("unborn"));
        assertRefused("one", null, "There is no commit in");
        worktrees.project.delete(".git");
        assertRefused("one", null, "is not in a git repository");
    }

    private void assertRefused(
            String name, @org.jspecify.annotations.Nullable String from, String why) {
        assertThatThrownBy(() -> worktrees.add(worktrees.request(name), from))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_failing_hook_leaves_a_worktree_that_is_there() throws InterruptedException {
        worktrees.project.write(
                ".git/hooks/post-checkout", "#!/bin/sh\ntouch \"$PWD/hooked\"\nexit 3\n");
        worktrees.project.executable(".git/hooks/post-checkout", true);

        assertThat(worktrees.add(worktrees.request("one"), null)).isEqualTo(at("HEAD"));
        assertThat(worktrees.tree("one").at("hooked")).exists();
    }

    @Test
    void what_git_had_not_finished_when_it_was_killed_is_made_anew() throws InterruptedException {
        WorktreeRequest request = worktrees.request("one");
        worktrees.add(request, null);
        worktrees.begun.begin(request.id(), at("HEAD"));
        worktrees.tree("one").delete("a");
        worktrees.project.write(".git/worktrees/one/locked", "initializing\n");

        assertThat(worktrees.add(request, null)).isEqualTo(at("HEAD"));
        assertThat(worktrees.tree("one").read("a")).isEqualTo("2");
        assertThat(worktrees.project.at(".git/worktrees/one/locked")).doesNotExist();
    }

    @Test
    void a_project_inside_a_repository_is_at_the_same_place_inside_the_worktree()
            throws InterruptedException, IOException {
        Path inner = worktrees.project.at("inner");
        Files.createDirectories(inner);
        Path top = worktrees.place().resolve("one");
        var request =
                new WorktreeRequest(
                        worktrees.nextId(), inner, top.resolve("inner"), top, "stele/one");

        assertThat(worktrees.add(request, null)).isEqualTo(at("HEAD"));
        assertThat(top.resolve("inner")).isDirectory();
        assertThat(top.resolve("a")).exists();
    }
}
