package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Back to a checkpoint, forth by an undo, and back by the undo of that. */
class RestoreCommandTest {

    private static final String AGENT =
            """
            {"steps": [
              {"write": "README.md", "content": "the agent was here\\n", "ask": false},
              {"write": "src/Main.java", "content": "class Main { int agent; }\\n", "ask": false},
              {"run": "rm notes/todo.txt", "ask": false},
              {"write": "made/new.txt", "content": "new\\n", "ask": false},
              {"append": "debug.log", "content": "the agent's noise\\n", "ask": false}
            ]}
            """;

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));
    private GitFixture repository = new GitFixture(Path.of("."));

    @BeforeEach
    void a_repository_with_work_in_it() throws Exception {
        stele = new Cli(place.resolve("home"));
        repository = GitFixture.create(place.resolve("project"));
    }

    private String project() {
        return repository.directory().toString();
    }

    /** A turn; what is given back is the beginning of its id. */
    private String turn() throws Exception {
        Path script = Files.writeString(place.resolve("script.json"), AGENT);
        Outcome outcome =
                stele.run("run", "--project", project(), "--agent", "scripted:" + script, "Do it.");
        assertThat(outcome.code()).as(outcome.screen()).isZero();
        return outcome.err().replaceAll("(?s).*stele restore (\\w+)-before.*", "$1");
    }

    private Outcome undo() throws Exception {
        return stele.run("undo", "--project", project());
    }

    @Test
    void files_go_back_and_forth_exactly_and_what_is_staged_stays_staged() throws Exception {
        Map<String, String> before = repository.files();
        String own = repository.usersOwn();
        String index = repository.index();
        String turn = turn();
        Map<String, String> after = repository.files();
        before.put("debug.log", "ignored too\nthe agent's noise\n");

        Outcome restored = stele.run("restore", turn.substring(0, 15) + "-before");

        assertThat(restored.code()).as(restored.screen()).isZero();
        assertThat(restored.out())
                .contains("3 files written, 1 deleted", "M README.md", "D made/new.txt");
        assertThat(restored.err()).contains("stele undo");
        assertThat(repository.files()).isEqualTo(before);
        assertThat(repository.index()).isEqualTo(index);
        assertThat(repository.usersOwn()).isEqualTo(own);

        Outcome undone = undo();

        assertThat(undone.code()).as(undone.screen()).isZero();
        assertThat(undone.out()).contains("undid the restore of " + turn + "-before");
        assertThat(repository.files()).isEqualTo(after);

        assertThat(undo().out()).contains("undid the undo");
        assertThat(repository.files()).isEqualTo(before);
        assertThat(repository.index()).isEqualTo(index);
        assertThat(stele.run("show").out())
                .contains("restore of " + turn + "-before: 3 files written, 1 deleted");
    }

    @Test
    void a_dry_run_tells_everything_and_does_nothing() throws Exception {
        String turn = turn();
        Map<String, String> after = repository.files();

        Outcome all = stele.run("restore", turn + "-before", "--dry-run");
        repository.write("README.md", "the agent was here\nand so was I\n");
        repository.write("mine.txt", "mine\n");
        Outcome own = stele.run("restore", turn + "-before", "-n");
        Outcome json = stele.run("restore", turn + "-before", "-n", "--all", "--json");

        assertThat(all.code()).as(all.screen()).isZero();
        assertThat(all.out())
                .contains("overwrite  README.md", "create     notes/todo.txt")
                .contains("delete     made/new.txt");
        assertThat(own.err())
                .contains("others have changed 2 files (you, or another program)")
                .contains("Only what this thread has changed is taken back");
        assertThat(own.out()).contains("delete     made/new.txt").doesNotContain("delete  mine");
        assertThat(json.out()).contains("\"action\":\"delete\",\"path\":\"mine.txt\"");
        after.put("README.md", "the agent was here\nand so was I\n");
        after.put("mine.txt", "mine\n");
        assertThat(repository.files()).isEqualTo(after);
    }

    @Test
    void what_a_person_did_after_the_turn_stays_unless_everything_is_asked_for() throws Exception {
        String turn = turn();
        repository.write("mine.txt", "mine\n");
        Map<String, String> mixed = repository.files();

        Outcome own = stele.run("restore", turn + "-before");

        assertThat(own.code()).as(own.screen()).isZero();
        assertThat(own.err()).contains("--all takes back everything");
        assertThat(own.out()).contains("3 files written, 1 deleted", "left alone mine.txt");
        assertThat(repository.read("mine.txt")).isEqualTo("mine\n");
        assertThat(repository.files()).doesNotContainKey("made/new.txt");

        assertThat(undo().code()).isZero();
        assertThat(repository.files()).isEqualTo(mixed);

        Outcome all = stele.run("restore", turn + "-before", "--all");
        assertThat(all.out()).contains("3 files written, 2 deleted");
        assertThat(repository.files()).doesNotContainKey("mine.txt");

        Outcome doctor = stele.run("doctor");
        assertThat(doctor.out()).contains(project(), "checkpoints", "nothing is wrong");
    }

    @Test
    void the_conversation_goes_back_and_the_files_stay() throws Exception {
        String turn = turn();
        Map<String, String> after = repository.files();

        Outcome dry = stele.run("restore", turn + "-before", "--scope", "conversation", "-n");
        assertThat(dry.screen())
                .contains("the conversation would begin anew", "No file would be changed.")
                .doesNotContain("overwrite", "left alone");
        assertThat(stele.run("restore", turn + "-before", "--scope", "both", "-n").screen())
                .contains("the conversation would begin anew", "overwrite", "would be changed.");
        assertThat(stele.run("restore", turn + "-after", "--scope", "both", "-n").screen())
                .contains("Nothing would be changed.")
                .doesNotContain("conversation");

        Outcome restored =
                stele.run("restore", turn + "-before", "--scope", "conversation", "--json");

        assertThat(restored.code()).as(restored.screen()).isZero();
        assertThat(restored.out())
                .startsWith("{\"type\":\"Restore\"")
                .contains("\"scope\":\"conversation\"", "\"type\":\"Restored\"");
        assertThat(repository.files()).isEqualTo(after);
        assertThat(stele.run("show").out()).contains("(rolled back)");
        assertThat(undo().out()).contains("goes on after the turn " + turn);
    }

    @Test
    void what_is_not_there_cannot_be_restored_or_undone() throws Exception {
        String turn = turn();

        Outcome unknown = stele.run("restore", "nothing-like-that");
        Outcome ambiguous = stele.run("restore", turn);
        Outcome early = undo();
        Outcome elsewhere = stele.run("undo", "--project", place.toString());

        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("There is no checkpoint 'nothing-like-that'");
        assertThat(ambiguous.code()).isEqualTo(3);
        assertThat(ambiguous.err()).contains(turn + "-after, " + turn + "-before");
        assertThat(early.code()).isEqualTo(5);
        assertThat(early.err()).contains("restore " + turn + "-before");
        assertThat(elsewhere.code()).isEqualTo(3);
        assertThat(elsewhere.err()).contains("There is no thread in " + place.toRealPath());
    }

    @Test
    void a_directory_that_is_no_repository_goes_back_and_forth_too_and_stays_none()
            throws Exception {
        Path plain = Files.createDirectory(place.resolve("plain"));
        Files.writeString(plain.resolve("mine.txt"), "mine\n");
        String[] here = {"--project", plain.toString()};
        Path note = plain.resolve("stele-demo.md");

        Outcome run = stele.run("run", here[0], here[1], "--approve", "all", "Do it.");
        String turn = run.err().replaceAll("(?s).*stele restore (\\w+)-before.*", "$1");
        Outcome diff = stele.run("diff", here[0], here[1], "--name-only");
        Outcome restored = stele.run("restore", turn + "-before");
        boolean gone = Files.notExists(note);
        Outcome undone = stele.run("undo", here[0], here[1]);
        Outcome committed = stele.run("commit", here[0], here[1], "-m", "No.");

        assertThat(run.code()).as(run.screen()).isZero();
        assertThat(diff.out()).isEqualTo("stele-demo.md\n");
        assertThat(restored.out()).contains("1 deleted", "D stele-demo.md");
        assertThat(gone).isTrue();
        assertThat(undone.code()).as(undone.screen()).isZero();
        assertThat(committed.code()).isEqualTo(1);
        assertThat(committed.err()).contains("not in a git repository");
        try (var left = Files.list(plain)) {
            assertThat(left).containsExactlyInAnyOrder(note, plain.resolve("mine.txt"));
        }
    }
}
