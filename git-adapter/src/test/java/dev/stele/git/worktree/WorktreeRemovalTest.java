package dev.stele.git.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorktreeRemovalTest {

    @TempDir Path temp;
    private Worktrees worktrees = new Worktrees(Path.of(System.getProperty("java.io.tmpdir")));
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() throws InterruptedException {
        worktrees = new Worktrees(temp);
        worktrees.project.write(".gitignore", "*.class\n").write("a", "1").commit("first");
        tree = worktrees.added("one");
    }

    private void remove(@Nullable String checkpoint) throws InterruptedException {
        worktrees.remove(worktrees.request("one"), checkpoint);
    }

    private void assertRefused(@Nullable String checkpoint, String why, String... paths) {
        var before = tree.onDisk();
        assertThatThrownBy(() -> remove(checkpoint))
                .isInstanceOfSatisfying(
                        GitFailure.class,
                        failure -> {
                            assertThat(failure.sentence()).contains(why);
                            assertThat(failure.paths()).containsExactlyInAnyOrder(paths);
                        });
        assertThat(tree.onDisk()).isEqualTo(before);
        assertThat(worktrees.project.git().run("worktree", "list")).contains("worktrees/one");
    }

    private void assertRemoved() throws IOException {
        assertThat(tree.root()).doesNotExist();
        try (var rest = Files.list(worktrees.place())) {
            assertThat(rest).isEmpty();
        }
        assertThat(worktrees.project.git().run("worktree", "list")).doesNotContain("worktrees/one");
    }

    @Test
    void a_worktree_without_changes_goes_and_its_branch_stays() throws Exception {
        tree.write("b", "work").commit("work").write("B.class", "ignored");
        String tip = tree.git().line("rev-parse", "HEAD");

        assertThat(worktrees.remove(worktrees.request("one"), null)).isEqualTo(tip);
        assertRemoved();
        assertThat(worktrees.project.git().line("rev-parse", "stele/one")).isEqualTo(tip);
        assertThat(worktrees.remove(worktrees.request("one"), null)).isEqualTo(tip);
    }

    @Test
    void whatever_is_not_committed_is_named_and_kept() {
        tree.write("a", "changed").write("new/b c", "untracked").write("staged", "s");
        tree.git().run("add", "staged");
        assertRefused(null, "has changes that are not committed", "a", "new/b c", "staged");
    }

    @Test
    void changes_that_git_was_told_not_to_see_are_seen() {
        tree.git().run("update-index", "--assume-unchanged", "a");
        tree.write("a", "hidden");
        assertRefused(null, "has changes that are not committed", "a");
        tree.git().run("update-index", "--no-assume-unchanged", "--skip-worktree", "a");
        assertRefused(null, "has changes that are not committed", "a");
        tree.git().run("config", "status.showUntrackedFiles", "no");
        tree.git().run("checkout", "-q", "-f", "HEAD", "--", ".gitignore");
        tree.write("more", "untracked");
        assertRefused(null, "has changes that are not committed", "a", "more");
    }

    @Test
    void a_nested_repository_is_kept() {
        WorkTree nested = WorkTree.init(tree.at("nested"));
        nested.write("x", "1").commit("inside");
        assertRefused(null, "has changes that are not committed", "nested/");
        TakenCheckpoint checkpoint = worktrees.capturing.take(tree.root());
        assertRefused(checkpoint.ref(), "holds what is left out of the checkpoint", "nested");
    }

    @Test
    void commits_that_no_branch_holds_are_kept() throws Exception {
        tree.git().run("checkout", "-q", "--detach");
        tree.write("b", "x").commit("on no branch");
        assertRefused(null, "which no branch holds");
        tree.git().run("branch", "saved");
        remove(null);
        assertRemoved();
    }

    @Test
    void a_rebase_under_way_or_a_lock_keeps_a_worktree() {
        worktrees.project.git().run("worktree", "lock", tree.root().toString());
        assertRefused(null, "is locked");
        worktrees.project.git().run("worktree", "unlock", tree.root().toString());
        tree.write("a", "theirs").commit("theirs");
        tree.git().run("checkout", "-q", "-b", "other", "HEAD~1");
        tree.write("a", "ours").commit("ours");
        tree.git().attempt("rebase", "stele/one");
        assertRefused(null, "A rebase is under way");
    }

    @Test
    void with_a_checkpoint_that_holds_all_of_it_a_worktree_goes() throws Exception {
        tree.write("a", "changed").write("b", "untracked").executable("b", true);
        TakenCheckpoint checkpoint = worktrees.capturing.take(tree.root());
        var held = worktrees.project.held(checkpoint.ref());

        remove(checkpoint.ref());
        assertRemoved();
        assertThat(worktrees.project.held(checkpoint.ref())).isEqualTo(held).containsKey("b");
    }

    @Test
    void what_came_after_the_checkpoint_is_kept() {
        TakenCheckpoint checkpoint = worktrees.capturing.take(tree.root());
        tree.write("late", "after the checkpoint");
        assertRefused(checkpoint.ref(), "were changed after the checkpoint was taken");
    }

    @Test
    void what_is_staged_and_no_longer_on_the_disk_is_kept() {
        tree.write("a", "staged");
        tree.git().run("add", "a");
        tree.write("a", "on the disk");
        TakenCheckpoint checkpoint = worktrees.capturing.take(tree.root());
        assertRefused(checkpoint.ref(), "has staged something that is no longer on the disk", "a");
    }

    @Test
    void what_lies_outside_of_the_project_is_kept() throws IOException {
        Path inner = Files.createDirectories(tree.at("inner"));
        tree.write("inner/x", "inside").write("y", "outside");
        TakenCheckpoint checkpoint = worktrees.capturing.take(inner);
        var request =
                new WorktreeRequest(
                        worktrees.nextId(),
                        worktrees.project.root(),
                        inner,
                        tree.root(),
                        "stele/one");
        assertThatThrownBy(() -> worktrees.remove(request, checkpoint.ref()))
                .isInstanceOfSatisfying(
                        GitFailure.class,
                        failure -> assertThat(failure.paths()).containsExactly("y"));
    }

    @Test
    void a_directory_that_was_deleted_by_hand_is_forgotten() throws Exception {
        tree.delete("");
        remove(null);
        assertRemoved();
    }

    @Test
    void what_is_no_worktree_any_more_is_left_alone() {
        worktrees.project.git().run("worktree", "remove", tree.root().toString());
        tree.write("a", "somebody else's");
        assertThatThrownBy(() -> remove(null))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("is no worktree of the repository");
        assertThat(tree.read("a")).isEqualTo("somebody else's");
    }

    /**
     * The states in which a killed removal leaves things, and what the next start makes of them.
     */
    @Test
    void a_removal_that_was_killed_goes_on_from_wherever_it_stopped() throws Exception {
        WorktreeRequest request = worktrees.request("one");
        Path aside = tree.root().resolveSibling(".removed-" + request.id());
        Files.move(tree.root(), aside);
        worktrees.remove(request, null);
        assertRemoved();

        tree = worktrees.added("one");
        Files.move(tree.root(), aside);
        worktrees.project.git().run("worktree", "remove", tree.root().toString());
        Files.delete(aside.resolve("a"));
        worktrees.remove(request, null);
        assertRemoved();
    }

    @Test
    void what_was_written_in_the_last_moment_brings_the_worktree_back() throws IOException {
        WorktreeRequest request = worktrees.request("one");
        Path aside = tree.root().resolveSibling(".removed-" + request.id());
        tree.write("a", "saved in the last moment");
        Files.move(tree.root(), aside);

        assertThatThrownBy(() -> worktrees.remove(request, null))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("has changes that are not committed");
        assertThat(tree.read("a")).isEqualTo("saved in the last moment");
        assertThat(aside).doesNotExist();
    }

    @Test
    void a_removal_that_is_no_longer_wanted_does_nothing() {
        var stop = new StopSign();
        stop.raise();
        assertThatThrownBy(() ->
                        new WorktreeRemoval(
                                        worktrees.capturing.checkpoints(),
                                        worktrees.state(),
                                        Worktrees.LIMIT)
                                .remove(worktrees.request("one"), null, stop))
                .isInstanceOf(StopSign.Stopped.class);
        assertThat(tree.onDisk().keySet()).containsAll(List.of("a", ".gitignore"));
    }
}
