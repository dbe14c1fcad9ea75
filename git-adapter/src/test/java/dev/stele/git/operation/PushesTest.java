package dev.stele.git.operation;

import static dev.stele.domain.port.OperationProgress.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushesTest {

    @TempDir Path temp;
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private WorkTree remote = new WorkTree(Path.of("/nowhere"));
    private BegunOperations begun = new BegunOperations(Path.of("/nowhere"));

    @BeforeEach
    void repositories() {
        begun = new BegunOperations(temp.resolve("begun"));
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a", "1").commit("first");
        remote = new WorkTree(temp.resolve("remote.git"));
        tree.git().run("init", "-q", "--bare", remote.root().toString());
        tree.git().run("remote", "add", "origin", remote.root().toString());
    }

    private String push(String id, String branch, @Nullable String lease)
            throws InterruptedException {
        return push(new PushRequest(new OperationId(id), tree.root(), branch, "origin", lease));
    }

    private String push(PushRequest request) throws InterruptedException {
        return new Pushes(begun, Duration.ofMinutes(3), SILENT).push(request, new StopSign());
    }

    private PushRequest request(String id) {
        return new PushRequest(new OperationId(id), tree.root(), "main", "origin", null);
    }

    private void assertRefused(String id, String branch, @Nullable String lease, String why) {
        assertThatThrownBy(() -> push(id, branch, lease))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_branch_is_pushed_and_nothing_else() throws InterruptedException {
        tree.git().run("branch", "other");
        tree.git().run("config", "push.followTags", "true");
        tree.git().run("tag", "-a", "-m", "annotated", "v1");
        tree.git().run("update-ref", "refs/stele/checkpoints/t/c", "HEAD");
        String head = tree.git().line("rev-parse", "HEAD");
        assertThat(push("p1", "main", null)).isEqualTo(head);
        assertThat(remote.git().line("for-each-ref", "--format=%(refname) %(objectname)"))
                .isEqualTo("refs/heads/main " + head);
        assertThat(tree.git().line("rev-parse", "origin/main")).isEqualTo(head);
        assertThat(push("p2", "main", null)).isEqualTo(head);
    }

    @Test
    void only_a_lease_replaces_what_the_remote_has() throws InterruptedException {
        String first = push("p1", "main", null);
        tree.git().run("commit", "-q", "--amend", "-m", "rewritten");
        assertRefused("p2", "main", null, "has commits that would be lost");
        String wrong = tree.git().line("rev-parse", "HEAD");
        assertRefused("p3", "main", wrong, "is not at the commit that the lease names any more");
        assertThat(remote.git().line("rev-parse", "main")).isEqualTo(first);
        assertThat(push("p4", "main", first)).isEqualTo(tree.git().line("rev-parse", "HEAD"));
    }

    @Test
    void hooks_on_both_sides_are_run() throws InterruptedException {
        hook(tree.at(".git/hooks/pre-push"), "echo not on my watch >&2; exit 1");
        assertRefused("p1", "main", null, "not on my watch");
        tree.delete(".git/hooks/pre-push");
        hook(remote.at("hooks/pre-receive"), "echo closed for today; exit 1");
        assertRefused("p2", "main", null, "The remote origin refused the push (pre-receive hook");
        assertRefused("p3", "main", null, "closed for today");
    }

    private static void hook(Path file, String script) {
        WorkTree directory = new WorkTree(file.resolveSibling(""));
        String name = file.getFileName().toString();
        directory.write(name, "#!/bin/sh\n" + script + "\n").executable(name, true);
    }

    @Test
    void what_is_not_there_is_explained() {
        assertRefused("p1", "nowhere", null, "There is no branch nowhere in " + tree.root());
        assertThatThrownBy(() ->
                        push(
                                new PushRequest(
                                        new OperationId("p2"),
                                        tree.root(),
                                        "main",
                                        "ext::sh -c true",
                                        null)))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("There is no remote ext::sh -c true");
        tree.git().run("remote", "set-url", "origin", temp.resolve("gone.git").toString());
        assertRefused("p3", "main", null, "The remote origin could not be reached");
    }

    @Test
    void a_login_that_would_be_asked_for_fails_at_once_and_no_secret_is_told() {
        tree.git()
                .run(
                        "config",
                        "core.sshCommand",
                        "echo Permission denied '(publickey).' >&2; false");
        tree.git().run("remote", "set-url", "origin", "ssh://git@example.invalid/x.git");
        assertRefused("p1", "main", null, "Git could not log in to the remote origin");
        tree.git().run("remote", "set-url", "origin", "https://me:secret@localhost:1/x.git");
        assertThatThrownBy(() -> push("p2", "main", null))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("The remote origin could not be reached")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_push_that_a_dead_process_began_is_looked_up_at_the_remote() throws InterruptedException {
        String head = tree.git().line("rev-parse", "HEAD");
        begun.begin(new OperationId("p1"), head);
        assertRefused("p1", "main", null, "Stele was stopped during the push");
        assertThat(remote.git().line("for-each-ref")).isEmpty();
        tree.git().run("push", "-q", "origin", "main");
        tree.write("a", "2").commit("later");
        assertThat(push("p1", "main", null)).isEqualTo(head);
        assertThat(remote.git().line("rev-parse", "main")).isEqualTo(head);
    }

    /** Notes each push that the remote has taken. */
    private void countPushes(String then) {
        hook(remote.at("hooks/post-receive"), "echo taken >> " + temp.resolve("taken") + then);
    }

    private void assertTaken(int times) throws IOException {
        Path file = temp.resolve("taken");
        assertThat(Files.exists(file) ? Files.readAllLines(file) : List.of()).hasSize(times);
    }

    /** The hook's parent is the pushing git; who kills it reads its number in the file. */
    private String killThePush() {
        Path pid = temp.resolve("pid");
        hook(tree.at(".git/hooks/pre-push"), "echo $PPID > " + pid);
        return "kill -9 $(cat " + pid + ")";
    }

    @Test
    void a_push_that_is_killed_after_the_remote_took_it_is_found_there() throws Exception {
        countPushes("\n" + killThePush());
        String head = tree.git().line("rev-parse", "HEAD");
        assertThat(push("p1", "main", null)).isEqualTo(head);
        assertThat(remote.git().line("rev-parse", "main")).isEqualTo(head);
        assertTaken(1);
    }

    @Test
    void a_push_that_is_killed_before_the_remote_took_it_has_failed() throws Exception {
        countPushes("");
        hook(remote.at("hooks/pre-receive"), killThePush() + "\nexit 1");
        assertRefused("p1", "main", null, "The push failed");
        assertThat(remote.git().line("for-each-ref")).isEmpty();
        assertTaken(0);
    }

    @Test
    void a_push_that_takes_too_long_is_killed_and_looked_for_at_the_remote() throws Exception {
        countPushes("");
        hook(remote.at("hooks/pre-receive"), "echo $$ > " + temp.resolve("pid") + "\nsleep 300");
        var hasty = new Pushes(begun, Duration.ofMillis(2500), SILENT);
        assertThatThrownBy(() -> hasty.push(request("p1"), new StopSign()))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("'git push' took longer than 2 seconds");
        awaitEnd(Long.parseLong(Files.readString(temp.resolve("pid")).strip()));
        assertThat(remote.git().line("for-each-ref")).isEmpty();
        assertTaken(0);
    }

    private static void awaitEnd(long pid) {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (Files.exists(Path.of("/proc/" + pid)) && !isZombie(pid)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Where nobody collects orphans, a dead process keeps its number. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void a_remote_that_cannot_be_reached_is_one_failure() throws IOException {
        tree.git().run("remote", "set-url", "origin", "git://127.0.0.1:" + closedPort() + "/x");
        assertRefused("p1", "main", null, "The remote origin could not be reached");
        tree.git().run("remote", "set-url", "origin", "ssh://127.0.0.1:" + closedPort() + "/x");
        assertRefused("p2", "main", null, "The remote origin could not be reached");
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_connection_that_dies_under_way_is_one_failure() {
        tree.git().run("config", "protocol.ext.allow", "always");
        tree.git().run("remote", "set-url", "origin", "ext::sh -c kill% -9% $$");
        assertRefused("p1", "main", null, "The remote origin could not be reached");
        tree.git().run("remote", "set-url", "origin", "ext::sh -c kill% -9% $PPID");
        assertThatThrownBy(() -> push("p2", "main", null)).isInstanceOf(GitFailure.class);
    }

    @Test
    void a_git_that_outlived_its_stele_is_ended_before_its_push_is_looked_up() throws Exception {
        String head = tree.git().line("rev-parse", "HEAD");
        Process outlived = new ProcessBuilder("sleep", "300").start();
        begun.process(new OperationId("p1"), head, outlived.toHandle());
        assertRefused("p1", "main", null, "Stele was stopped during the push");
        assertThat(outlived.waitFor(180, TimeUnit.SECONDS)).isTrue();
        begun.begin(new OperationId("p2"), head);
        tree.git().run("push", "-q", "origin", "main");
        assertThat(push("p2", "main", null)).isEqualTo(head);
    }

    @Test
    void a_stopped_push_pushes_nothing() throws Exception {
        hook(tree.at(".git/hooks/pre-push"), "touch " + temp.resolve("running") + "; sleep 300");
        var stop = new StopSign();
        Thread.startVirtualThread(() -> {
            while (!Files.exists(temp.resolve("running"))) {
                Thread.onSpinWait();
            }
            stop.raise();
        });
        var pushes = new Pushes(begun, Duration.ofMinutes(3), SILENT);
        assertThatThrownBy(() -> pushes.push(request("p1"), stop))
                .isInstanceOf(StopSign.Stopped.class);
        assertThat(remote.git().line("for-each-ref")).isEmpty();
    }
}
