package dev.stele.git.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.OperationId;
import dev.stele.domain.port.OperationProgress;
import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.testing.HttpGit;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes over every kind of line, and all that remotes say to them. */
class RemotesTest {

    @TempDir Path temp;
    private final List<String> passing = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private WorkTree tree = new WorkTree(Path.of("/nowhere"));
    private WorkTree remote = new WorkTree(Path.of("/nowhere"));
    private int pushes;

    @BeforeEach
    void repositories() {
        tree = WorkTree.init(temp.resolve("project"));
        tree.write("a", "1").commit("first");
        remote = new WorkTree(temp.resolve("remote.git"));
        tree.git().run("init", "-q", "--bare", remote.root().toString());
        tree.git().run("remote", "add", "origin", remote.root().toString());
        tree.git().run("config", "http.proxy", "");
        // Helpers that the machine may have know nothing of these remotes.
        tree.git().run("config", "credential.helper", "");
    }

    private String push(@Nullable String lease) throws InterruptedException {
        var id = new OperationId("p" + pushes++);
        OperationProgress progress =
                (of, line, isPassing) -> {
                    assertThat(of).isEqualTo(id);
                    (isPassing ? passing : told).add(line);
                };
        return new Pushes(
                        new BegunOperations(temp.resolve("begun")), Duration.ofMinutes(3), progress)
                .push(new PushRequest(id, tree.root(), "main", "origin", lease), new StopSign());
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> push(null))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("Writing objects");
    }

    private void assertPushed() throws InterruptedException {
        String head = tree.git().line("rev-parse", "HEAD");
        assertThat(push(null)).isEqualTo(head);
        assertThat(remote.git().line("rev-parse", "main")).isEqualTo(head);
    }

    private Path script(String name, String content) {
        var scripts = new WorkTree(temp.resolve("scripts"));
        scripts.write(name, "#!/bin/sh\n" + content + "\n").executable(name, true);
        return scripts.at(name);
    }

    private void remoteIs(String url) {
        tree.git().run("remote", "set-url", "origin", url);
    }

    /** The user's own helper; it notes what it is asked for. */
    private void helper(String user, String password) {
        Path helper =
                script(
                        "helper",
                        "echo $1 >> %s\n".formatted(temp.resolve("asked"))
                                + "test $1 = get && echo username=%s && echo password=%s"
                                        .formatted(user, password));
        tree.git().run("config", "--add", "credential.helper", helper.toString());
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(temp.resolve("asked"));
    }

    @Test
    void the_users_own_credential_helper_logs_in_and_is_told_that_it_was_right() throws Exception {
        try (var http = new HttpGit(temp)) {
            remoteIs(http.url("remote.git"));
            helper("me", "right");
            assertPushed();
            assertThat(asked()).containsExactly("get", "store");
            remote.git().run("config", "receive.denyNonFastForwards", "true");
            tree.git().run("commit", "-q", "--amend", "-m", "rewritten");
            assertRefused("has commits that would be lost");
        }
    }

    @Test
    void a_wrong_password_is_told_and_no_password_is_asked_for() throws Exception {
        try (var http = new HttpGit(temp)) {
            remoteIs(http.url("remote.git"));
            assertRefused("Git could not log in to the remote origin");
            helper("me", "wrong");
            assertRefused("Git could not log in to the remote origin");
            assertThat(asked()).containsExactly("get", "erase");
        }
    }

    @Test
    void who_may_not_push_and_what_is_not_there_are_told_apart() throws Exception {
        try (var http = new HttpGit(temp)) {
            remoteIs(http.url("remote.git"));
            helper(HttpGit.READER, "right");
            assertRefused("You may not push to the remote origin");
            remoteIs(http.url("no-such.git"));
            tree.git().run("config", "--unset-all", "credential.helper");
            helper("me", "right");
            assertRefused("The remote origin could not be reached");
        }
    }

    @Test
    void the_users_own_ssh_is_run() throws Exception {
        Path ssh =
                script(
                        "my-ssh",
                        "echo \"$1\" >> %s\nexec sh -c \"$2\"".formatted(temp.resolve("hosts")));
        tree.git().run("config", "core.sshCommand", ssh.toString());
        tree.git().run("config", "ssh.variant", "simple");
        remoteIs("ssh://git@somewhere.invalid" + remote.root());
        assertPushed();
        assertThat(Files.readAllLines(temp.resolve("hosts"))).contains("git@somewhere.invalid");
    }

    @Test
    void addresses_are_rewritten_as_the_user_has_set() throws InterruptedException {
        tree.git().run("config", "url." + temp + "/.insteadOf", "mine:");
        remoteIs("mine:remote.git");
        assertPushed();
    }

    @Test
    void git_tells_how_far_it_is() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            tree.write("many/" + i, "content " + i);
        }
        tree.commit("many");
        Path hook = remote.at("hooks/post-receive");
        Path said = script("post-receive", "echo look at https://me:secret@review.invalid/1");
        new WorkTree(hook.getParent()).link("post-receive", said.toString());
        assertPushed();
        assertThat(passing).anyMatch(line -> line.startsWith("Writing objects: "));
        assertThat(told)
                .anyMatch(line -> line.matches("Writing objects: 100% .*, done\\."))
                .anyMatch(line -> line.startsWith("remote: look at https://***@review.invalid/1"));
    }

    @Test
    void a_remote_that_lets_no_branch_lose_commits_refuses_the_lease_too() throws Exception {
        String first = push(null);
        remote.git().run("config", "receive.denyNonFastForwards", "true");
        tree.git().run("commit", "-q", "--amend", "-m", "rewritten");
        assertThatThrownBy(() -> push(first))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("The remote origin lets no branch lose commits");
    }

    @Test
    void a_branch_that_is_checked_out_at_the_remote_is_refused() {
        WorkTree other = WorkTree.init(temp.resolve("other"));
        remoteIs(other.commit("theirs").root().toString());
        tree.git().run("fetch", "-q", "origin", "main");
        tree.git().run("reset", "-q", "--soft", "FETCH_HEAD");
        tree.commit("on top");
        assertRefused("The branch main is checked out in the remote origin");
    }

    @Test
    void a_hook_for_one_branch_refuses_in_its_own_words() {
        Path update = script("update", "echo main is protected; exit 1");
        new WorkTree(remote.at("hooks")).link("update", update.toString());
        assertRefused("The remote origin refused the push (hook declined)");
        assertRefused("main is protected");
    }

    @Test
    void a_hook_of_the_user_refuses_in_its_own_words() {
        Path hook = script("pre-push", "echo the tests are red >&2; exit 1");
        tree.git().run("config", "core.hooksPath", hook.getParent().toString());
        assertRefused("Your hook pre-push refused the push: the tests are red");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssh: Could not resolve hostname x: Name or service not known|is not known, so",
                "Host key verification failed.|Ssh does not know the host of the remote origin",
                "git@x: Permission denied (publickey).|Git could not log in to the remote origin",
                "ERROR: Permission to a/b.git denied to me.|You may not push to the remote origin",
                "ERROR: Repository not found.|The remote origin could not be reached",
                "ssh: connect to host x port 22: Connection timed out|could not be reached",
                "error: insufficient permission for adding an object|may not be written to",
                "fatal: write error: No space left on device|has no room for what was pushed"
            })
    void what_the_other_side_says_is_understood(String said, String meaning) {
        Path ssh = script("ssh", "echo '%s' >&2; exit 128".formatted(said));
        tree.git().run("config", "core.sshCommand", ssh.toString());
        tree.git().run("config", "ssh.variant", "simple");
        remoteIs("ssh://git@somewhere.invalid/x.git");
        assertRefused(meaning);
    }

    @Test
    void checkpoints_go_nowhere_when_people_push_everything() {
        tree.git().run("update-ref", "refs/stele/checkpoints/t/c", "HEAD");
        tree.git().run("push", "-q", "--all", "origin");
        tree.git().run("push", "-q", "--tags", "origin");
        var refs =
                new ArrayList<>(
                        remote.git().run("for-each-ref", "--format=%(refname)").lines().toList());
        assertThat(refs).containsExactly("refs/heads/main");
    }
}
