package dev.stele.git.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some files are committed; everything else is as it was, staged or not. */
class PartialCommitsTest {

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.git().run("config", "user.name", "A Person");
        tree.git().run("config", "user.email", "person@example.invalid");
        tree.write(".gitignore", "*.log\n").write("own", "1").write("gone", "1");
        tree.write("staged", "1").write("changed", "1").commit("first");
        tree.write("staged", "mine").git().run("add", "staged");
        tree.write("staged", "mine, unfinished");
        tree.write("added", "mine").git().run("add", "added");
        tree.write("changed", "mine").write("untracked", "mine");
    }

    private static final String MINE = "A  added\n M changed\nMM staged\n?? untracked\n";

    private String commit(String id, String... paths) throws InterruptedException {
        return commit(id, tree.root(), paths);
    }

    private String commit(String id, Path directory, String... paths) throws InterruptedException {
        var capturing = new Capturing();
        var commits =
                new Commits(
                        capturing.repositories(),
                        capturing.checkpoints(),
                        new RestoreRecords(temp),
                        new BegunOperations(temp.resolve("begun")),
                        Duration.ofMinutes(1));
        MadeCommit made =
                commits.commit(
                        new CommitRequest(
                                new OperationId(id),
                                directory,
                                "message",
                                new CommitScope.Named(List.of(paths)),
                                Instant.now()),
                        new StopSign());
        return made.id();
    }

    private void assertCommitted(String commit, String names) {
        assertThat(tree.git().run("show", "--name-status", "--no-renames", "--format=", commit))
                .isEqualTo(names);
    }

    @Test
    void what_is_staged_stays_staged_and_what_is_changed_stays_changed()
            throws InterruptedException {
        tree.write("own", "2").write("new", "2").delete("gone");
        assertCommitted(commit("c1", "own", "new", "gone"), "D\tgone\nA\tnew\nM\town\n");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(MINE);
        assertThat(tree.git().run("show", ":staged")).isEqualTo("mine");
        tree.assertSound();
    }

    @Test
    void without_changes_of_theirs_nothing_is_committed_and_the_index_is_as_it_was() {
        tree.write("x.log", "ignored");
        byte[] index = tree.bytes(".git/index");
        assertThatThrownBy(() -> commit("c1", "own", "x.log"))
                .isInstanceOf(GitFailure.class)
                .hasMessage(
                        "There is nothing to commit in "
                                + tree.root()
                                + ": what was named is unchanged or ignored.");
        assertThat(tree.bytes(".git/index")).isEqualTo(index);
    }

    @Test
    void a_hook_that_refuses_leaves_the_index_as_it_was() {
        tree.write(".git/hooks/pre-commit", "#!/bin/sh\necho no >&2\nexit 1\n");
        tree.executable(".git/hooks/pre-commit", true).write("own", "2").write("new", "2");
        byte[] index = tree.bytes(".git/index");
        assertThatThrownBy(() -> commit("c1", "own", "new")).hasMessageContaining("no");
        assertThat(tree.bytes(".git/index")).isEqualTo(index);
    }

    @Test
    void a_file_that_became_a_directory_is_committed_as_one() throws InterruptedException {
        tree.delete("own").write("own/inner", "2");
        assertCommitted(commit("c1", "own"), "D\town\nA\town/inner\n");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(MINE);
    }

    @Test
    void a_file_that_made_room_for_ignored_ones_is_deleted() throws InterruptedException {
        tree.delete("own").write("own/x.log", "2");
        assertCommitted(commit("c1", "own"), "D\town\n");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(MINE);
    }

    @Test
    void names_that_look_like_patterns_stand_for_themselves() throws InterruptedException {
        tree.write("*", "2").write(":(top)x", "2").write("[a]", "2").write("é\n", "2");
        assertThat(commit("c1", "*", ":(top)x", "[a]", "é\n")).isNotEmpty();
        assertThat(tree.git().run("show", "--name-only", "--format=", "-z"))
                .contains("*\0:(top)x\0[a]\0");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(MINE);
    }

    @Test
    void paths_of_a_sub_directory_are_its_own() throws InterruptedException {
        tree.write("dir/own", "2").write("own", "2");
        assertCommitted(commit("c1", tree.at("dir"), "own"), "A\tdir/own\n");
        assertThat(tree.git().run("status", "--porcelain"))
                .isEqualTo("A  added\n M changed\n M own\nMM staged\n?? untracked\n");
    }

    @Test
    void the_first_commit_of_a_repository_may_be_of_a_part() throws InterruptedException {
        WorkTree unborn = WorkTree.init(temp.resolve("unborn"));
        unborn.git().run("config", "user.name", "A");
        unborn.git().run("config", "user.email", "a@example.invalid");
        unborn.write("x", "x").write("y", "y").git().run("add", "y");
        commit("c1", unborn.root(), "x");
        assertThat(unborn.git().run("ls-tree", "--name-only", "HEAD")).isEqualTo("x\n");
        assertThat(unborn.git().run("status", "--porcelain")).isEqualTo("A  y\n");
    }

    @Test
    void a_merge_is_not_concluded_by_a_part() {
        tree.git().run("stash", "-q", "-u");
        tree.git().run("checkout", "-q", "-b", "side");
        tree.write("side", "side").commit("side");
        tree.git().run("checkout", "-q", "main");
        tree.write("own", "2").commit("main");
        tree.git().run("merge", "-q", "--no-commit", "side");
        tree.write("own", "3");
        assertThatThrownBy(() -> commit("c1", "own"))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("A merge or cherry-pick is under way");
    }
}
