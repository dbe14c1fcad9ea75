package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent works in a worktree, and its work is looked at, removed, brought back, and merged. */
class WorktreeCommandsTest {

    private static final String AGENT =
            """
            {"steps": [{"write": "made.txt", "content": "made\\n", "ask": false}]}
            """;
    private static final Pattern SAVED = Pattern.compile("--from (\\S+)");

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));
    private GitFixture repository = new GitFixture(Path.of("."));

    @BeforeEach
    void a_repository_with_work_in_it() throws Exception {
        stele = new Cli(place.resolve("home"));
        repository = GitFixture.create(place.resolve("project"));
    }

    private Outcome worktree(String... words) throws Exception {
        String[] all = new String[words.length + 3];
        all[0] = "worktree";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--project";
        all[words.length + 2] = repository.directory().toString();
        return stele.run(all);
    }

    private Outcome done(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.screen()).isZero();
        return outcome;
    }

    private void run() throws Exception {
        Path script = Files.writeString(place.resolve("script.json"), AGENT);
        Outcome outcome =
                stele.run(
                        "run",
                        "--worktree",
                        "--project",
                        repository.directory().toString(),
                        "--agent",
                        "scripted:" + script,
                        "Make it.");
        assertThat(done(outcome).err())
                .contains("worktree make-it, branch stele/make-it, in ")
                .contains("stele worktree merge make-it");
    }

    @Test
    void work_in_a_worktree_is_never_lost_and_comes_back() throws Exception {
        String own = repository.usersOwn();
        run();
        String made = stele.home().toRealPath().resolve("worktrees/project/make-it").toString();
        assertThat(done(stele.run("worktree", "list")).out())
                .contains("make-it")
                .contains("there")
                .contains("stele/make-it")
                .contains(made);
        assertThat(done(stele.run("threads")).out())
                .contains("worktree make-it of " + repository.directory());

        Outcome refused = worktree("remove", "make-it");
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED.code());
        assertThat(refused.err())
                .contains("has changes that are not committed")
                .contains("\n  made.txt\n")
                .contains("stele worktree remove make-it --checkpoint");
        Outcome removed = done(worktree("remove", "make-it", "--checkpoint"));
        assertThat(Path.of(made)).doesNotExist();
        Matcher saved = SAVED.matcher(removed.err());
        assertThat(saved.find()).isTrue();
        done(worktree("add", "--from", saved.group(1)));
        assertThat(Path.of(made, "made.txt")).hasContent("made");
        assertThat(repository.usersOwn().replaceAll("\\S+ commit\trefs/heads/stele/make-it\n", ""))
                .isEqualTo(own);
    }

    @Test
    void a_worktree_is_merged_into_where_the_user_is_and_handed_over() throws Exception {
        run();
        Outcome early = worktree("merge", "make-it");
        assertThat(early.code()).isEqualTo(ExitCode.FAILED.code());
        assertThat(early.err())
                .contains("are not committed; commit them first")
                .contains("made.txt");

        String status = repository.git("status", "--porcelain");
        Outcome merged = done(worktree("merge", "make-it", "-m", "Make it"));
        assertThat(merged.out()).startsWith("merged stele/make-it into ");
        assertThat(repository.read("made.txt")).isEqualTo("made\n");
        assertThat(repository.git("status", "--porcelain")).isEqualTo(status);
        Outcome over = done(worktree("hand-over", "make-it"));
        assertThat(over.screen()).contains("git switch stele/make-it");
        assertThat(worktree("remove", "make-it").code()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(worktree("remove", "other").code()).isEqualTo(ExitCode.NOT_FOUND.code());
    }

    @Test
    void a_directory_that_was_deleted_by_hand_is_told_with_its_cure() throws Exception {
        done(worktree("add", "one"));
        Path made = stele.home().resolve("worktrees/project/one");
        repository.git("worktree", "list");
        try (var files = Files.walk(made)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        assertThat(done(stele.run("worktree", "list")).out()).contains("deleted by hand");
        assertThat(stele.run("doctor").out()).contains("The directory of the worktree one is gone");
        done(worktree("add", "one"));
        assertThat(made.resolve("README.md")).exists();
    }
}
