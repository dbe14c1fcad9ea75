package dev.stele.git.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.change.Span;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.Repositories;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitsTest {

    @TempDir Path temp;
    private final Capturing capturing = new Capturing();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private BegunOperations begun = new BegunOperations(Path.of("/nowhere"));

    @BeforeEach
    void repository() {
        begun = new BegunOperations(temp.resolve("begun"));
        tree = WorkTree.init(temp.resolve("project"));
        tree.git().run("config", "user.name", "A Person");
        tree.git().run("config", "user.email", "person@example.invalid");
        tree.write("a.txt", "one").write("dir/b.txt", "two").write("gone", "x").commit("first");
    }

    private String commit(String id, String message) throws InterruptedException {
        return commit(id, message, tree.root());
    }

    private String commit(String id, String message, Path directory) throws InterruptedException {
        return commit(id, message, directory, new CommitScope.Everything());
    }

    private String commit(String id, String message, Path directory, CommitScope scope)
            throws InterruptedException {
        return commits()
                .commit(
                        new CommitRequest(
                                new OperationId(id), directory, message, scope, Instant.now()),
                        new StopSign())
                .id();
    }

    private String commit(String id, CommitScope scope) throws InterruptedException {
        return commit(id, "message", tree.root(), scope);
    }

    private CommitRequest request(String id) {
        return new CommitRequest(
                new OperationId(id),
                tree.root(),
                "message",
                new CommitScope.Everything(),
                Instant.now());
    }

    private Commits commits() {
        return commits(Duration.ofSeconds(60));
    }

    private Commits commits(Duration limit) {
        return new Commits(
                capturing.repositories(),
                capturing.checkpoints(),
                new RestoreRecords(temp),
                begun,
                limit);
    }

    private void assertRefused(String id, String why) {
        assertThatThrownBy(() -> commit(id, "message"))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining(why);
    }

    @Test
    void everything_that_is_not_ignored_is_committed() throws InterruptedException {
        tree.write(".gitignore", "*.log\n").write("x.log", "").write("a.txt", "changed");
        tree.write("new/file é\n", "new").delete("gone").write("run", "").executable("run", true);
        tree.link("link", "nowhere");
        var expected = tree.expected();
        String made = commit("c1", "All of it");
        assertThat(tree.git().line("rev-parse", "HEAD")).isEqualTo(made);
        assertThat(tree.held("HEAD")).isEqualTo(expected).doesNotContainKey("x.log");
        assertThat(tree.git().run("status", "--porcelain=v2")).isEmpty();
        assertThat(tree.git().line("log", "-1", "--format=%an <%ae>"))
                .isEqualTo("A Person <person@example.invalid>");
        tree.assertSound();
        assertNothingLeftBehind();
    }

    private void assertNothingLeftBehind() {
        assertThat(tree.at(".git/index.lock")).doesNotExist();
        try (var files = Files.list(tree.at(".git"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("stele-index"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_commit_names_its_operation_in_a_trailer() throws InterruptedException {
        tree.write("a.txt", "2");
        commit(
                "c1",
                "Subject\n\n# not a comment\n---\nbody\n\nCo-authored-by: B <b@example.invalid>");
        assertThat(tree.git().line("log", "-1", "--format=%B"))
                .isEqualTo(
                        "Subject\n\n# not a comment\n---\nbody\n\n"
                                + "Co-authored-by: B <b@example.invalid>\nStele-Commit: c1");
        tree.write("a.txt", "3");
        commit("c2", "Only a subject");
        assertThat(tree.git().line("log", "-1", "--format=%B"))
                .isEqualTo("Only a subject\n\nStele-Commit: c2");
    }

    @Test
    void work_that_was_staged_is_committed_as_it_is_on_the_disk() throws InterruptedException {
        tree.write("a.txt", "staged").git().run("add", "a.txt");
        tree.write("a.txt", "later").write("wanted", "later");
        tree.git().run("add", "-N", "wanted");
        commit("c1", "message");
        assertThat(tree.git().run("show", "HEAD:a.txt") + tree.git().run("show", "HEAD:wanted"))
                .isEqualTo("laterlater");
        assertThat(tree.git().run("status", "--porcelain=v2")).isEmpty();
    }

    /** Git looks at whole seconds only, and at the age of its index. */
    @Test
    void an_edit_of_the_same_size_in_the_second_of_the_last_commit_is_committed() throws Exception {
        var then = FileTime.from(Instant.now().minusSeconds(100));
        tree.git().run("config", "core.trustctime", "false");
        Files.setLastModifiedTime(tree.at("a.txt"), then);
        tree.git().run("add", "-u");
        Files.setLastModifiedTime(tree.at(".git/index"), then);
        tree.write("a.txt", "ONE");
        Files.setLastModifiedTime(tree.at("a.txt"), then);
        commit("c1", "message");
        assertThat(tree.git().run("show", "HEAD:a.txt")).isEqualTo("ONE");
    }

    @Test
    void a_commit_without_changes_is_refused() {
        assertRefused("c1", "There is nothing to commit in " + tree.root());
        WorkTree empty = WorkTree.init(temp.resolve("empty"));
        assertThatThrownBy(() -> commit("c2", "message", empty.root()))
                .hasMessageContaining("There is nothing to commit");
        assertNothingLeftBehind();
    }

    @Test
    void the_first_commit_of_a_repository_can_be_made() throws InterruptedException {
        WorkTree unborn = WorkTree.init(temp.resolve("unborn"));
        unborn.git().run("config", "user.name", "A");
        unborn.git().run("config", "user.email", "a@example.invalid");
        unborn.write("x", "x");
        String made = commit("c1", "first", unborn.root());
        assertThat(unborn.git().line("rev-parse", "main")).isEqualTo(made);
        assertThat(unborn.git().run("status", "--porcelain=v2")).isEmpty();
    }

    @Test
    void a_detached_head_is_moved_and_no_branch() throws InterruptedException {
        String main = tree.git().line("rev-parse", "main");
        tree.git().run("checkout", "-q", "--detach");
        tree.write("a.txt", "detached");
        String made = commit("c1", "message");
        assertThat(tree.git().line("rev-parse", "HEAD")).isEqualTo(made);
        assertThat(tree.git().line("rev-parse", "main")).isEqualTo(main);
    }

    @Test
    void a_linked_worktree_commits_to_its_own_branch() throws InterruptedException {
        Path linked = temp.resolve("linked");
        tree.git().run("worktree", "add", "-q", "-b", "side", linked.toString());
        new WorkTree(linked).write("x", "x");
        String made = commit("c1", "message", linked);
        assertThat(tree.git().line("rev-parse", "side")).isEqualTo(made);
        assertThat(new WorkTree(linked).git().run("status", "--porcelain=v2")).isEmpty();
    }

    @Test
    void a_sub_directory_is_committed_alone_and_the_rest_stays_staged()
            throws InterruptedException {
        tree.write("a.txt", "staged").git().run("add", "a.txt");
        tree.write("other", "untracked").write("dir/b.txt", "changed").write("dir/new", "new");
        String made = commit("c1", "message", tree.at("dir"));
        assertThat(tree.git().run("show", "--name-only", "--format=", made).lines())
                .containsExactly("dir/b.txt", "dir/new");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo("M  a.txt\n?? other\n");
        tree.delete("dir/new").write("a.txt", "staged");
        commit("c2", "deleted", tree.at("dir"));
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo("M  a.txt\n?? other\n");
        assertThatThrownBy(() -> commit("c3", "nothing", tree.at("dir")))
                .hasMessageContaining("nothing to commit");
    }

    /** What else is staged stays, to the byte of the index as git shows it. */
    private void assertStaysStaged(String before) {
        assertThat(tree.git().run("diff", "--cached")).isEqualTo(before);
        assertNothingLeftBehind();
        tree.assertSound();
    }

    @Test
    void named_files_and_directories_are_committed_alone() throws InterruptedException {
        tree.write("a.txt", "staged").write("added", "staged").git().run("add", "a.txt", "added");
        String staged = tree.git().run("diff", "--cached");
        tree.write("a.txt", "staged and more").write("untracked", "x");
        tree.write("dir/b.txt", "changed").write("dir/new", "new").delete("gone");
        String made = commit("c1", new CommitScope.Named(List.of("dir", "gone")));
        assertThat(tree.git().run("show", "--name-status", "--format=", made).lines())
                .containsExactly("M\tdir/b.txt", "A\tdir/new", "D\tgone");
        assertThat(tree.git().run("status", "--porcelain"))
                .isEqualTo("MM a.txt\nA  added\n?? untracked\n");
        assertStaysStaged(staged);
        assertThatThrownBy(() -> commit("c2", new CommitScope.Named(List.of("dir/nobody"))))
                .hasMessageContaining("There is no dir/nobody in " + tree.root());
        assertThatThrownBy(() -> commit("c3", new CommitScope.Named(List.of("dir"))))
                .hasMessageContaining("what was named is unchanged or ignored");
    }

    @Test
    void files_directories_and_links_that_changed_places_are_committed_beside_staged_work()
            throws InterruptedException {
        tree.write("x", "file").write("y/in", "in").write("z/in", "in").commit("second");
        tree.write("a.txt", "staged").git().run("add", "a.txt");
        String staged = tree.git().run("diff", "--cached");
        tree.delete("x").write("x/in", "now").delete("y").write("y", "now");
        tree.delete("z").link("z", "dir");
        commit("c1", new CommitScope.Named(List.of("x", "y", "z")));
        assertThat(tree.held("HEAD")).containsKeys("x/in", "y", "z").doesNotContainKey("z/in");
        assertStaysStaged(staged);
    }

    @Test
    void what_a_thread_has_changed_is_committed_and_what_others_changed_is_not()
            throws InterruptedException {
        tree.write(".gitignore", "*.log\n").commit("rules");
        tree.write("users", "staged").git().run("add", "users");
        tree.write("gone", "by the user");
        String staged = tree.git().run("diff", "--cached");
        CommitScope turn =
                turn(() -> {
                    tree.write("a.txt", "by the agent").delete("dir").write("new", "by the agent");
                    tree.write("x.log", "ignored");
                });
        tree.write("later", "by the user");
        String made = commit("c1", turn);
        assertThat(tree.git().run("show", "--name-status", "--format=", made).lines())
                .containsExactly("M\ta.txt", "D\tdir/b.txt", "A\tnew");
        assertThat(tree.git().run("status", "--porcelain"))
                .isEqualTo(" M gone\nA  users\n?? later\n");
        assertStaysStaged(staged);
        tree.write("a.txt", "by the user, later");
        assertThatThrownBy(() -> commit("c2", turn))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("nothing to commit")
                .hasMessageContaining("that this thread has changed");
    }

    /** Something that an agent does between two checkpoints. */
    private CommitScope turn(Runnable work) {
        String before = capturing.take(tree.root()).ref();
        work.run();
        String after = capturing.take(tree.root()).ref();
        return new CommitScope.Within(List.of(new Span.OfTurn(Capturing.THREAD, before, after)));
    }

    @Test
    void what_an_agent_committed_itself_is_not_its_own_change_any_more()
            throws InterruptedException {
        CommitScope turn =
                turn(() -> {
                    tree.write("a.txt", "agent").write("dir/b.txt", "agent").commit("by the agent");
                    tree.write("dir/b.txt", "agent again");
                });
        tree.write("a.txt", "user");
        String made = commit("c1", turn);
        assertThat(tree.git().run("show", "--name-only", "--format=", made).strip())
                .isEqualTo("dir/b.txt");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(" M a.txt\n");
    }

    @Test
    void a_rewritten_branch_does_not_hide_what_a_thread_has_changed() throws InterruptedException {
        CommitScope turn = turn(() -> tree.write("a.txt", "agent"));
        tree.git().run("commit", "-q", "--amend", "--allow-empty", "-m", "rewritten");
        tree.git().run("reflog", "expire", "--expire=now", "--all");
        tree.git().run("gc", "-q", "--prune=now");
        String made = commit("c1", turn);
        assertThat(tree.git().run("show", made + ":a.txt")).isEqualTo("agent");
    }

    @Test
    void a_restore_is_a_change_of_its_thread() throws InterruptedException {
        String target = capturing.take(tree.root()).ref();
        tree.write("a.txt", "agent").commit("by the thread");
        String safety = capturing.take(tree.root()).ref();
        tree.write("a.txt", "one");
        CommitScope restored =
                new CommitScope.Within(
                        List.of(
                                new Span.OfRestore(
                                        Capturing.THREAD, new OperationId("r"), safety, target)));
        assertThat(tree.git().run("show", commit("c1", restored) + ":a.txt")).isEqualTo("one");
    }

    @Test
    void a_thread_in_a_sub_directory_commits_its_own_changes_there() throws InterruptedException {
        WorkTree top = tree;
        top.write("a.txt", "user").git().run("add", "a.txt");
        tree = new WorkTree(top.at("dir"));
        CommitScope turn = turn(() -> tree.write("b.txt", "agent"));
        tree.write("user", "user");
        commit("c1", turn);
        tree = top;
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo("M  a.txt\n?? dir/user\n");
        assertNothingLeftBehind();
    }

    @Test
    void a_hook_that_formats_what_is_committed_leaves_no_trace_in_the_index()
            throws InterruptedException {
        tree.write("users", "staged").git().run("add", "users");
        tree.write("a.txt", "agent");
        hook(
                "pre-commit",
                "test -z \"$(git ls-files users)\" || exit 9\n"
                        + "echo formatted > a.txt; git add a.txt");
        commit("c1", new CommitScope.Named(List.of("a.txt")));
        assertThat(tree.git().run("show", "HEAD:a.txt")).isEqualTo("formatted\n");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo("A  users\n");
    }

    @Test
    void a_part_of_a_merge_is_refused() throws InterruptedException {
        tree.git().run("checkout", "-q", "-b", "side");
        tree.write("side", "side").commit("side");
        tree.git().run("checkout", "-q", "main");
        tree.git().run("merge", "-q", "--no-commit", "--no-ff", "side");
        tree.write("a.txt", "agent");
        assertThatThrownBy(() -> commit("c1", new CommitScope.Named(List.of("a.txt"))))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("A merge or cherry-pick is under way");
        assertThat(tree.git().line("diff", "--cached", "--name-only")).isEqualTo("side");
        assertNothingLeftBehind();
    }

    @Test
    void a_first_commit_can_hold_a_part() throws InterruptedException {
        WorkTree unborn = WorkTree.init(temp.resolve("unborn"));
        unborn.git().run("config", "user.name", "A");
        unborn.git().run("config", "user.email", "a@example.invalid");
        unborn.write("x", "x").write("y", "y").git().run("add", "y");
        commit("c1", "first", unborn.root(), new CommitScope.Named(List.of("x")));
        assertThat(unborn.git().run("status", "--porcelain")).isEqualTo("A  y\n");
        assertThat(unborn.held("HEAD")).containsOnlyKeys("x");
    }

    @Test
    void a_directory_without_a_repository_is_told_what_to_do() throws IOException {
        Path plain = Files.createDirectories(temp.resolve("plain"));
        assertThatThrownBy(() -> commit("c1", "message", plain))
                .isInstanceOf(GitFailure.class)
                .hasMessage(
                        "The directory "
                                + plain
                                + " is not in a git repository; run 'git init' there.");
    }

    @Test
    void nested_repositories_are_not_committed() throws InterruptedException {
        WorkTree.init(tree.at("unborn")).write("x", "x");
        WorkTree.init(tree.at("nested")).write("x", "x").commit("inner");
        tree.write("a.txt", "changed");
        commit("c1", "message");
        assertThat(tree.held("HEAD")).doesNotContainKeys("nested", "unborn").containsKey("a.txt");
        assertRefused("c2", "nothing to commit");
    }

    @Test
    void hooks_are_run_and_their_refusal_leaves_the_index_as_it_was() throws Exception {
        tree.write("a.txt", "staged").git().run("add", "a.txt");
        tree.write("a.txt", "not staged").write("new", "new");
        String status = tree.git().run("status", "--porcelain=v2");
        byte[] index = Files.readAllBytes(tree.at(".git/index"));
        hook("pre-commit", "echo the linter says no >&2; exit 3");
        assertRefused("c1", "Git refused the commit: the linter says no");
        assertThat(tree.git().run("status", "--porcelain=v2")).isEqualTo(status);
        assertThat(Files.readAllBytes(tree.at(".git/index"))).isEqualTo(index);
        assertNothingLeftBehind();
        hook("pre-commit", "echo formatted > a.txt; git add a.txt");
        hook("commit-msg", "echo 'Reviewed-by: hook' >> \"$1\"");
        commit("c2", "message");
        assertThat(tree.git().run("show", "HEAD:a.txt")).isEqualTo("formatted\n");
        assertThat(tree.git().line("log", "-1", "--format=%B")).endsWith("Reviewed-by: hook");
        assertThat(tree.git().run("status", "--porcelain=v2")).isEmpty();
    }

    private void hook(String name, String script) {
        tree.write(".git/hooks/" + name, "#!/bin/sh\n" + script + "\n");
        tree.executable(".git/hooks/" + name, true);
    }

    @Test
    void a_hook_that_removes_the_trailer_hides_nothing() throws InterruptedException {
        hook("commit-msg", "echo replaced > \"$1\"");
        tree.write("a.txt", "2");
        String made = commit("c1", "message");
        assertThat(tree.git().line("rev-parse", "HEAD")).isEqualTo(made);
        assertThat(tree.git().run("status", "--porcelain=v2")).isEmpty();
    }

    @Test
    void a_hook_that_takes_too_long_is_killed() {
        hook("pre-commit", "sleep 300 & echo $! > " + temp.resolve("pid") + "; wait");
        tree.write("a.txt", "2");
        Commits hasty = commits(Duration.ofMillis(1500));
        assertThatThrownBy(() -> hasty.commit(request("c1"), new StopSign()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("'git commit' took longer than 1 seconds");
        assertThat(isGone(Long.parseLong(read(temp.resolve("pid")).strip()))).isTrue();
        assertNothingLeftBehind();
    }

    /** In a container nobody may collect an orphan: a zombie is gone as well. */
    private static boolean isGone(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
                || read(status).contains("State:\tZ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void somebody_elses_index_lock_is_respected() {
        tree.write("a.txt", "2").write(".git/index.lock", "");
        var stop = new StopSign();
        Thread.startVirtualThread(stop::raise);
        assertThatThrownBy(() -> commits().commit(request("c1"), stop))
                .isInstanceOf(StopSign.Stopped.class);
        assertThat(tree.at(".git/index.lock")).hasContent("");
    }

    @Test
    void an_index_lock_that_is_held_for_long_is_told() {
        tree.write("a.txt", "2").write(".git/index.lock", "");
        Commits hasty = commits(Duration.ofMillis(200));
        assertThatThrownBy(() -> hasty.commit(request("c1"), new StopSign()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("Another git process holds " + tree.at(".git/index.lock"));
    }

    private IndexLock takeLock(String commitId) throws IOException {
        return IndexLock.take(
                tree.at(".git"), new OperationId(commitId), Duration.ofSeconds(1), new StopSign());
    }

    @Test
    void unresolved_conflicts_are_refused_and_a_resolved_merge_is_committed()
            throws InterruptedException {
        tree.git().run("checkout", "-q", "-b", "side");
        tree.write("a.txt", "side").commit("side");
        tree.git().run("checkout", "-q", "main");
        tree.write("a.txt", "main").commit("main");
        tree.git().attempt("merge", "-q", "side");
        assertRefused("c1", "There are unresolved conflicts");
        tree.write("a.txt", "both").git().run("add", "a.txt");
        String made = commit("c2", "merged");
        assertThat(tree.git().line("log", "-1", "--format=%P", made).split(" ", -1)).hasSize(2);
    }

    @Test
    void a_rebase_is_not_committed_into() {
        tree.git().run("checkout", "-q", "-b", "side");
        tree.write("a.txt", "side").commit("side");
        tree.git().run("checkout", "-q", "main");
        tree.write("a.txt", "main").commit("main");
        tree.git().attempt("rebase", "-q", "side");
        tree.write("a.txt", "both").git().run("add", "a.txt");
        String status = tree.git().run("status", "--porcelain=v2");
        assertRefused("c1", "A rebase is under way in " + tree.root());
        assertThat(tree.git().run("status", "--porcelain=v2")).isEqualTo(status);
        assertNothingLeftBehind();
    }

    @Test
    void repositories_of_formats_that_git_alone_knows_are_committed_to() throws Exception {
        WorkTree sha256 = new WorkTree(temp.resolve("sha256"));
        tree.git().run("init", "-q", "--object-format=sha256", sha256.root().toString());
        sha256.git().run("config", "user.name", "A");
        sha256.git().run("config", "user.email", "a@example.invalid");
        sha256.write("x", "x");
        String first = commit("c1", "first", sha256.root());
        assertThat(sha256.git().line("rev-parse", "HEAD")).isEqualTo(first).hasSize(64);
        begun.begin(new OperationId("c1"), "");
        assertThat(commit("c1", "first", sha256.root())).isEqualTo(first);
        sha256.write("x", "y");
        assertThat(commit("c10", "second", sha256.root())).isNotEqualTo(first);
        assertOwnLinesAreRefused(sha256);
    }

    private void assertOwnLinesAreRefused(WorkTree foreign) {
        var beside = new Capturing(new Repositories(temp.resolve("own")));
        String ref = beside.take(foreign.root()).ref();
        foreign.write("x", "z");
        var scope = new CommitScope.Within(List.of(new Span.OfTurn(Capturing.THREAD, ref, ref)));
        var commits =
                new Commits(
                        beside.repositories(),
                        beside.checkpoints(),
                        new RestoreRecords(temp),
                        begun,
                        Duration.ofMinutes(3));
        var request =
                new CommitRequest(
                        new OperationId("c11"), foreign.root(), "message", scope, Instant.now());
        assertThatThrownBy(() -> commits.commit(request, new StopSign()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("name the files, or commit everything");
    }

    @Test
    void hooks_elsewhere_are_run_and_may_refuse_the_message() throws Exception {
        var hooks = new WorkTree(temp.resolve("my hooks"));
        hooks.write("prepare-commit-msg", "#!/bin/sh\necho prepared >> \"$1\"\n");
        hooks.executable("prepare-commit-msg", true);
        tree.git().run("config", "core.hooksPath", hooks.root().toString());
        tree.write("a.txt", "2");
        commit("c1", "message");
        assertThat(tree.git().line("log", "-1", "--format=%B")).endsWith("prepared");
        hooks.write("commit-msg", "#!/bin/sh\necho no ticket in the message >&2; exit 1\n");
        hooks.executable("commit-msg", true);
        tree.write("a.txt", "3");
        assertRefused("c2", "Git refused the commit: no ticket in the message");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(" M a.txt\n");
        assertNothingLeftBehind();
    }

    @Test
    void commits_are_signed_as_the_user_signs() throws Exception {
        Path key = temp.resolve("key");
        tree.git().process("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        String allowed = "person@example.invalid " + Files.readString(temp.resolve("key.pub"));
        Files.writeString(temp.resolve("allowed"), allowed);
        tree.git().run("config", "gpg.format", "ssh");
        tree.git().run("config", "commit.gpgSign", "true");
        tree.git().run("config", "user.signingKey", temp.resolve("key.pub").toString());
        String signers = temp.resolve("allowed").toString();
        tree.git().run("config", "gpg.ssh.allowedSignersFile", signers);
        tree.write("a.txt", "signed");
        String made = commit("c1", "message");
        tree.git().run("verify-commit", made);
        Files.delete(key);
        tree.write("a.txt", "not signed");
        assertRefused("c2", "The commit could not be signed");
        assertThat(tree.git().run("status", "--porcelain")).isEqualTo(" M a.txt\n");
        assertNothingLeftBehind();
    }

    @Test
    void a_signer_that_fails_is_told() {
        hook("signer", "exit 2");
        tree.git().run("config", "gpg.program", tree.at(".git/hooks/signer").toString());
        tree.git().run("config", "commit.gpgSign", "true");
        tree.write("a.txt", "2");
        assertRefused("c1", "The commit could not be signed");
        assertNothingLeftBehind();
    }

    @Test
    void an_unknown_identity_is_explained() {
        tree.git().run("config", "user.name", "");
        tree.git().run("config", "user.email", "");
        tree.write("a.txt", "2");
        assertRefused("c1", "Git does not know who commits; set 'git config user.name'");
        assertRefused("c2", "empty ident name");
        assertNothingLeftBehind();
    }

    @Test
    void a_commit_that_a_dead_process_made_is_found_and_its_index_installed() throws Exception {
        tree.write("a.txt", "2").write("new", "new");
        crashAfterCommit("c1");
        String made = tree.git().line("rev-parse", "HEAD");
        assertThat(tree.git().run("status", "--porcelain")).isNotEmpty();
        assertThat(commit("c1", "message")).isEqualTo(made);
        assertThat(tree.git().line("rev-parse", "HEAD")).isEqualTo(made);
        assertThat(tree.git().run("status", "--porcelain")).isEmpty();
        assertNothingLeftBehind();
    }

    /** What a Stele that dies right after git has made the commit leaves behind. */
    private void crashAfterCommit(String id) throws Exception {
        begun.begin(new OperationId(id), "");
        IndexLock lock = takeLock(id);
        tree.git()
                .process(
                        "sh",
                        "-c",
                        "export GIT_INDEX_FILE="
                                + lock.copy()
                                + "; git add -A && git commit -q -m 'message\n\nStele-Commit: "
                                + id
                                + "'");
    }

    @Test
    void a_commit_that_a_dead_process_did_not_make_is_not_made_again() throws Exception {
        tree.write("a.txt", "2");
        begun.begin(new OperationId("c1"), "");
        takeLock("c1");
        assertRefused("c1", "Stele was stopped before the commit was made; ask for it again.");
        assertThat(tree.git().line("rev-list", "--count", "HEAD")).isEqualTo("1");
        assertNothingLeftBehind();
    }

    @Test
    void a_commit_that_a_dead_process_had_not_begun_is_made() throws Exception {
        tree.write("a.txt", "2");
        takeLock("c1");
        commit("c1", "message");
        assertThat(tree.git().line("rev-list", "--count", "HEAD")).isEqualTo("2");
        assertNothingLeftBehind();
    }

    @Test
    void a_git_that_outlived_its_stele_is_ended_before_its_commit_is_looked_up() throws Exception {
        Process outlived = new ProcessBuilder("sleep", "300").start();
        begun.process(new OperationId("c1"), "", outlived.toHandle());
        assertRefused("c1", "Stele was stopped before the commit was made");
        assertThat(outlived.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_stopped_commit_leaves_the_index_as_it_was() throws Exception {
        hook("pre-commit", "touch " + temp.resolve("running") + "; sleep 300");
        tree.write("a.txt", "2");
        byte[] index = Files.readAllBytes(tree.at(".git/index"));
        var stop = new StopSign();
        Thread.startVirtualThread(() -> {
            while (!Files.exists(temp.resolve("running"))) {
                Thread.onSpinWait();
            }
            stop.raise();
        });
        assertThatThrownBy(() -> commits().commit(request("c1"), stop))
                .isInstanceOf(StopSign.Stopped.class);
        assertThat(Files.readAllBytes(tree.at(".git/index"))).isEqualTo(index);
        assertNothingLeftBehind();
    }
}
