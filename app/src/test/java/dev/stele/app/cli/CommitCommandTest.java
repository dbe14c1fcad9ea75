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

/** The work of an agent becomes a commit of the user's, and the user's own work stays as it is. */
class CommitCommandTest {

    private static final String AGENT =
            """
            {"steps": [
              {"write": "made/new.txt", "content": "new\\n", "ask": false}
            ]}
            """;

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));
    private GitFixture repository = new GitFixture(Path.of("."));

    @BeforeEach
    void a_turn_in_a_repository_with_work_in_it() throws Exception {
        stele = new Cli(place.resolve("home"));
        repository = GitFixture.create(place.resolve("project"));
        Path script = Files.writeString(place.resolve("script.json"), AGENT);
        Outcome outcome =
                stele.run("run", "--project", project(), "--agent", "scripted:" + script, "Do it.");
        assertThat(outcome.code()).as(outcome.screen()).isZero();
    }

    private String project() {
        return repository.directory().toString();
    }

    private Outcome commit(String... more) throws Exception {
        var words = new ArrayList<>(List.of("commit", "--project", project()));
        words.addAll(List.of(more));
        return stele.run(words.toArray(String[]::new));
    }

    private String status() throws Exception {
        return repository.git("status", "--porcelain", "--untracked-files=all");
    }

    @Test
    void a_commit_holds_the_agents_work_and_leaves_the_users_staged_and_unstaged()
            throws Exception {
        Outcome made = commit("-m", "Work of an agent", "-m", "And why.");

        assertThat(made.code()).as(made.screen()).isZero();
        assertThat(made.out())
                .startsWith("committed " + repository.git("rev-parse", "HEAD").strip());
        assertThat(repository.git("log", "-1", "--format=%an: %B"))
                .startsWith("Someone: Work of an agent\n\nAnd why.\n\nStele-Commit: ");
        assertThat(repository.git("show", "--format=", "--name-status", "HEAD"))
                .isEqualTo("A\tmade/new.txt\n");
        assertThat(status()).isEqualTo(" M README.md\nM  src/Main.java\n?? notes/todo.txt\n");

        Outcome nothing = commit("-m", "Again");

        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("nothing to commit");
        Outcome named = commit("-m", "A note", "--path", "notes");
        assertThat(named.code()).as(named.screen()).isZero();
        assertThat(status()).isEqualTo(" M README.md\nM  src/Main.java\n");
        Outcome all = commit("-m", "The rest", "--all", "--json");
        assertThat(all.out()).startsWith("{\"type\":\"Commit\"").contains("\"gitRef\":\"");
        assertThat(status()).isEmpty();
    }

    @Test
    void what_cannot_be_committed_is_told_and_changes_nothing() throws Exception {
        Path hook = repository.directory().resolve(".git").resolve("hooks").resolve("pre-commit");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho no commits on a Sunday >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        String own = repository.usersOwn();

        Outcome refused = commit("-m", "Work");
        Outcome blank = commit("-m", "  ");
        Outcome outside = commit("-m", "Work", "--path", "../elsewhere");
        Outcome nobody = commit("-m", "Work", "nobody");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("no commits on a Sunday");
        assertThat(blank.code()).isEqualTo(2);
        assertThat(blank.err()).contains("message");
        assertThat(outside.code()).isEqualTo(2);
        assertThat(outside.err()).contains("../elsewhere is no path inside the project");
        assertThat(nobody.code()).isEqualTo(3);
        assertThat(repository.usersOwn()).isEqualTo(own);
    }
}
