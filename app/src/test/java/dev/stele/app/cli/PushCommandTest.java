package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches are made, and go to a remote that may want something else. */
class PushCommandTest {

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));
    private GitFixture repository = new GitFixture(Path.of("."));
    private GitFixture remote = new GitFixture(Path.of("."));

    @BeforeEach
    void a_repository_and_a_remote() throws Exception {
        stele = new Cli(place.resolve("home"));
        repository = GitFixture.create(place.resolve("project"));
        remote = new GitFixture(Files.createDirectory(place.resolve("remote.git")));
        remote.git("init", "-q", "--bare", "-b", "main");
        repository.git("remote", "add", "origin", remote.directory().toString());
    }

    private Outcome run(String command, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(List.of(command, "--project", repository.directory().toString()));
        words.addAll(List.of(more));
        return stele.run(words.toArray(String[]::new));
    }

    private String head(GitFixture where, String branch) throws Exception {
        return where.git("rev-parse", branch).strip();
    }

    @Test
    void a_branch_is_made_and_pushed_and_work_in_progress_stays() throws Exception {
        String own = repository.git("status", "--porcelain");

        Outcome made = run("branch", "feature");
        Outcome again = run("branch", "feature", "--from", "main");
        Outcome invalid = run("branch", "no branch");
        Outcome pushed = run("push", "feature");
        Outcome current = run("push", "--json");
        Outcome nowhere = run("push", "--remote", "nowhere");

        assertThat(made.code()).as(made.screen()).isZero();
        assertThat(made.out()).isEqualTo("branch feature at " + head(repository, "main") + "\n");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("There is a branch feature already");
        assertThat(invalid.code()).isEqualTo(2);
        assertThat(invalid.err()).contains("'no branch'");
        assertThat(pushed.code()).as(pushed.screen()).isZero();
        assertThat(pushed.err()).contains("pushing feature to origin", "Writing objects: 100%");
        assertThat(head(remote, "feature")).isEqualTo(head(repository, "feature"));
        assertThat(current.out()).startsWith("{\"type\":\"Push\"").contains("\"branch\":\"main\"");
        assertThat(head(remote, "main")).isEqualTo(head(repository, "main"));
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err()).contains("There is no remote nowhere");
        assertThat(repository.git("status", "--porcelain")).isEqualTo(own);
    }

    @Test
    void commits_of_others_are_replaced_by_the_right_lease_alone() throws Exception {
        repository.git("push", "-q", "origin", "main");
        GitFixture other = new GitFixture(place.resolve("other"));
        repository.git("clone", "-q", remote.directory().toString(), other.directory().toString());
        other.git(
                "-c",
                "user.name=O",
                "-c",
                "user.email=o@example.org",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "theirs");
        other.git("push", "-q", "origin", "main");
        String theirs = head(remote, "main");
        repository.git("commit", "-q", "--amend", "-m", "mine");

        Outcome behind = run("push", "main");
        Outcome stale = run("push", "--force-with-lease", "main");
        Outcome wrong = run("push", "main", "--force-with-lease=12345");
        Outcome unknown = run("push", "main", "--force-with-lease", "--remote", "nowhere");

        assertThat(behind.code()).isEqualTo(1);
        assertThat(behind.err()).contains("has commits that would be lost");
        assertThat(stale.code()).isEqualTo(1);
        assertThat(stale.err()).contains("lease");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("Nothing is known of the branch main");
        assertThat(head(remote, "main")).isEqualTo(theirs);

        Outcome replaced = run("push", "main", "--force-with-lease=" + theirs);

        assertThat(replaced.code()).as(replaced.screen()).isZero();
        assertThat(head(remote, "main")).isEqualTo(head(repository, "main"));
    }

    @Test
    void a_refusal_of_the_remote_is_told_in_its_words() throws Exception {
        Path hook = remote.directory().resolve("hooks").resolve("pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho the review is missing >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path plain = Files.createDirectory(place.resolve("plain"));

        Outcome refused = run("push");
        Outcome outside = stele.run("push", "--project", plain.toString(), "main");
        repository.git("checkout", "-q", "--detach");
        Outcome detached = run("push");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("refused the push", "the review is missing");
        assertThat(remote.git("for-each-ref")).isEmpty();
        assertThat(outside.code()).isEqualTo(1);
        assertThat(outside.err()).contains("not in a git repository");
        assertThat(detached.code()).isEqualTo(2);
        assertThat(detached.err()).contains("No branch is checked out");
    }
}
