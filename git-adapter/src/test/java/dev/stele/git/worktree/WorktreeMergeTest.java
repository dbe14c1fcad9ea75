package dev.stele.git.worktree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorktreeMergeTest {

    @TempDir Path temp;
    private Worktrees worktrees = new Worktrees(Path.of(System.getProperty("java.io.tmpdir")));
    private WorkTree project = worktrees.project;
    private WorkTree tree = worktrees.project;

    @BeforeEach
    void repository() throws InterruptedException {
        worktrees = new Worktrees(temp);
        project = worktrees.project;
        project.write(".gitignore", "*.log\n").write("a", "1\n2\n3\n").write("gone/x", "x");
        project.write("run.sh", "#!/bin/sh\n").commit("first");
        tree = worktrees.added("one");
    }

    private String head() {
        return project.git().line("rev-parse", "HEAD");
    }

    private void work() {
        tree.write("a", "1\n2\n3 theirs\n").write("new/b", "new").delete("gone");
        tree.executable("run.sh", true).link("link", "new/b").commit("work");
    }

    /** HEAD, index, files and refs: nothing may have moved. */
    private void assertRefused(String why, String... paths) {
        Map<String, String> before = project.untouchables();
        assertThatThrownBy(() -> worktrees.merge(worktrees.request("one")))
                .isInstanceOfSatisfying(
                        GitFailure.class,
                        failure -> {
                            assertThat(failure.sentence()).contains(why);
                            assertThat(failure.paths()).containsExactlyInAnyOrder(paths);
                        });
        assertThat(project.untouchables()).isEqualTo(before);
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        try (var files = Files.list(project.at(".git"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("stele-") || name.equals("index.lock"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void assertMergedCleanly() {
        assertThat(project.git().run("status", "--porcelain", "-uall")).isEmpty();
        assertThat(project.read("a")).isEqualTo("1\n2\n3 theirs\n");
        assertThat(project.at("gone")).doesNotExist();
        assertThat(Files.isExecutable(project.at("run.sh"))).isTrue();
        assertThat(project.at("link")).isSymbolicLink();
        project.assertSound();
        assertNothingLeft();
    }

    @Test
    void a_branch_that_is_ahead_moves_the_users_branch_forward() throws InterruptedException {
        work();
        String old = head();

        assertThat(worktrees.merge(worktrees.request("one"))).isEqualTo(head());
        assertThat(head()).isEqualTo(tree.git().line("rev-parse", "HEAD"));
        assertThat(project.git().line("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
        assertThat(project.git().line("rev-parse", "ORIG_HEAD")).isEqualTo(old);
        assertMergedCleanly();
    }

    @Test
    void what_both_have_done_is_joined_by_a_commit_with_the_users_name()
            throws InterruptedException {
        work();
        project.write("other", "ours").commit("ours");

        String merged = worktrees.merge(worktrees.request("one"));
        assertThat(project.git().line("log", "-1", "--format=%H %an %s"))
                .isEqualTo(merged + " Ada Merge branch 'stele/one'");
        assertThat(project.git().line("rev-parse", "HEAD^2"))
                .isEqualTo(tree.git().line("rev-parse", "HEAD"));
        assertThat(project.read("other")).isEqualTo("ours");
        assertMergedCleanly();
    }

    @Test
    void what_is_merged_already_is_no_work() throws InterruptedException {
        assertThat(worktrees.merge(worktrees.request("one"))).isEqualTo(head());
        work();
        worktrees.merge(worktrees.request("one"));
        String merged = head();
        assertThat(worktrees.merge(worktrees.request("one"))).isEqualTo(merged);
    }

    @Test
    void uncommitted_work_elsewhere_stays_as_it_is_staged_or_not() throws InterruptedException {
        project.write("mine", "1").write("staged", "1").commit("mine");
        work();
        project.write("mine", "unstaged").write("staged", "in the index");
        project.git().run("add", "staged");
        project.write("staged", "on the disk").write("untracked", "u").write("x.log", "ignored");
        String status = project.git().run("status", "--porcelain", "-uall", "--ignored");

        worktrees.merge(worktrees.request("one"));
        assertThat(project.git().run("status", "--porcelain", "-uall", "--ignored"))
                .isEqualTo(status);
        assertThat(project.git().run("show", ":staged")).isEqualTo("in the index");
        assertThat(project.read("staged") + project.read("mine")).isEqualTo("on the diskunstaged");
    }

    @Test
    void conflicts_are_named_and_nothing_is_changed() {
        work();
        project.write("a", "1\n2\n3 ours\n").write("gone/x", "ours").commit("ours");
        assertRefused("Both branches have changed the same lines", "a", "gone/x");
    }

    @Test
    void uncommitted_changes_in_the_way_are_named_and_nothing_is_changed() {
        work();
        project.write("a", "mine").write("new/b", "untracked").write("other", "not in the way");
        assertRefused("Files that the merge would change", "a", "new/b");
        project.git().run("add", "a");
        project.write("a", "1\n2\n3\n");
        project.delete("new");
        assertRefused("Files that the merge would change", "a");
    }

    @Test
    void ignored_files_in_the_way_are_named_and_never_replaced() {
        tree.write("debug.log", "tracked").git().run("add", "-f", "debug.log");
        tree.commit("a log");
        project.write("debug.log", "precious");
        assertRefused("Files that the merge would change", "debug.log");
        assertThat(project.read("debug.log")).isEqualTo("precious");
    }

    @Test
    void a_directory_that_becomes_a_file_must_hold_nothing_else() throws InterruptedException {
        tree.delete("gone").write("gone", "a file now").commit("file");
        project.write("gone/precious.log", "ignored");
        assertRefused("Files that the merge would change", "gone/precious.log");
        project.delete("gone/precious.log");

        worktrees.merge(worktrees.request("one"));
        assertThat(project.read("gone")).isEqualTo("a file now");
        assertThat(project.git().run("status", "--porcelain", "-uall")).isEmpty();
    }

    @Test
    void a_file_that_becomes_a_directory_and_one_where_something_stands()
            throws InterruptedException {
        tree.delete("a").write("a/b", "inside").write("c/d", "new").commit("directory");
        project.write("c", "untracked");
        assertRefused("Files that the merge would change", "c");
        project.delete("c");

        worktrees.merge(worktrees.request("one"));
        assertThat(project.read("a/b")).isEqualTo("inside");
        assertThat(project.git().run("status", "--porcelain", "-uall")).isEmpty();
    }

    @Test
    void hidden_changes_are_in_the_way_too() {
        work();
        project.git().run("update-index", "--assume-unchanged", "a");
        project.write("a", "hidden");
        assertRefused("Files that the merge would change", "a");
    }

    @Test
    void uncommitted_work_in_the_worktree_is_not_forgotten() {
        work();
        tree.write("a", "more").write("untracked", "u");
        assertRefused("has changes that are not committed", "a", "untracked");
    }

    @Test
    void a_branch_without_its_worktree_is_merged() throws InterruptedException {
        work();
        worktrees.remove(worktrees.request("one"), null);
        worktrees.merge(worktrees.request("one"));
        assertMergedCleanly();
    }

    @Test
    void there_must_be_a_branch_to_merge_into_and_no_other_merge() throws InterruptedException {
        work();
        project.git().run("checkout", "-q", "--detach");
        assertRefused("No branch is checked out");
        project.git().run("checkout", "-q", "main");
        project.write(".git/MERGE_HEAD", head());
        assertRefused("A merge is under way");
        project.delete(".git/MERGE_HEAD");
        tree.git().run("checkout", "-q", "-b", "another");
        assertRefused("does not have its branch stele/one checked out");
    }

    @Test
    void filters_and_line_ends_are_those_of_the_user() throws InterruptedException {
        tree.write(".gitattributes", "*.txt text eol=crlf\n").write("doc.txt", "one\ntwo\n");
        tree.commit("text");
        worktrees.merge(worktrees.request("one"));
        assertThat(project.read("doc.txt")).isEqualTo("one\r\ntwo\r\n");
        assertThat(project.git().run("status", "--porcelain")).isEmpty();
    }

    @Test
    void hooks_have_their_say() throws InterruptedException {
        work();
        project.write("other", "ours").commit("ours");
        hook("pre-merge-commit", "echo not today >&2\nexit 1");
        assertRefused("the pre-merge-commit hook refused it: not today");
        hook("pre-merge-commit", "exit 0");
        hook("commit-msg", "echo 'Reviewed-by: hook' >> \"$1\"");
        hook("post-merge", "touch .git/told");

        worktrees.merge(worktrees.request("one"));
        assertThat(project.git().run("log", "-1", "--format=%B")).contains("Reviewed-by: hook");
        assertThat(project.at(".git/told")).exists();
        assertMergedCleanly();
    }

    private void hook(String name, String script) {
        project.write(".git/hooks/" + name, "#!/bin/sh\n" + script + "\n");
        project.executable(".git/hooks/" + name, true);
    }

    @Test
    void the_users_setting_for_going_forward_counts() throws InterruptedException {
        work();
        project.git().run("config", "merge.ff", "false");
        worktrees.merge(worktrees.request("one"));
        assertThat(project.git().line("rev-list", "--count", "--merges", "HEAD")).isEqualTo("1");
        tree.write("b", "again").commit("again");
        project.write("other", "ours").commit("ours");
        project.git().run("config", "merge.ff", "only");
        assertRefused("your setting merge.ff lets git only go forward");
    }

    @Test
    void the_lock_of_another_git_is_waited_for_and_then_named() {
        work();
        project.write(".git/index.lock", "");
        assertThatThrownBy(() ->
                        new WorktreeMerge(worktrees.begun, java.time.Duration.ofSeconds(1))
                                .merge(
                                        worktrees.request("one"),
                                        new dev.stele.git.capture.StopSign()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("index.lock");
        assertThat(project.read("a")).isEqualTo("1\n2\n3\n");
    }

    @Test
    void what_a_sparse_checkout_keeps_away_is_not_brought() throws InterruptedException {
        project.git().run("sparse-checkout", "set", "--no-cone", "/a", "/.gitignore");
        work();
        worktrees.merge(worktrees.request("one"));
        assertThat(project.git().run("status", "--porcelain")).isEmpty();
        assertThat(project.at("run.sh")).doesNotExist();
        assertThat(project.read("a")).isEqualTo("1\n2\n3 theirs\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-cone /a /in/", "--cone in", "--cone --sparse-index in"})
    void new_files_that_a_sparse_checkout_leaves_out_are_not_on_the_disk(String kind)
            throws InterruptedException {
        project.write("in/x", "1").write("out/x", "1").write("out/y", "1").commit("more");
        WorkTree tree = worktrees.added("two");
        tree.write("in/new", "2").write("out/new", "2").write("out/x", "2").write("other/new", "2");
        tree.commit("work");
        project.git().process("sh", "-c", "git sparse-checkout set " + kind);
        project.write("out/built.log", "ignored").write("in/x", "mine").write("a", "staged\n");
        project.git().run("add", "a");
        worktrees.merge(worktrees.request("two"));
        assertThat(project.git().run("status", "--porcelain")).isEqualTo("M  a\n M in/x\n");
        assertThat(project.read("in/new")).isEqualTo("2");
        assertThat(project.at("out/new")).doesNotExist();
        assertThat(project.at("out/x")).doesNotExist();
        assertThat(project.at("other")).doesNotExist();
        assertThat(project.read("out/built.log")).isEqualTo("ignored");
        assertThat(project.read("in/x")).isEqualTo("mine");
        assertThat(project.git().run("show", "HEAD:out/new")).isEqualTo("2");
        assertThat(project.git().run("show", "HEAD:out/x")).isEqualTo("2");
    }
}
