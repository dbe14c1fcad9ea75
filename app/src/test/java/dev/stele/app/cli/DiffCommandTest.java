package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed, for people, for git and for machines. */
class DiffCommandTest {

    private static final String AGENT =
            """
            {"steps": [
              {"append": "README.md", "content": "a line with \\u001b[31m and a\\rreturn\\n",
               "ask": false},
              {"write": "made/new.txt", "content": "one\\ntwo\\n", "ask": false},
              {"run": "rm notes/todo.txt", "ask": false}
            ]}
            """;

    private static final String SILENT =
            """
            {"steps": [
              {"edit": "README.md", "old": "project", "new": "place", "ask": false},
              {"run": "echo more >> README.md; echo made > made.txt", "ask": false}
            ]}
            """;

    private static final String COMMITTING =
            """
            {"steps": [
              {"run": "git checkout -q -b topic; echo 1 > made.txt; git add made.txt; git -c user.name=A -c user.email=a@b commit -qm made", "ask": false},
              {"run": "echo more >> README.md", "ask": false}
            ]}
            """;

    @Test
    void a_head_that_moved_during_the_turn_is_told_with_what_came_with_it(@TempDir Path place)
            throws Exception {
        var stele = new Cli(place.resolve("home"));
        GitFixture repository = GitFixture.create(place.resolve("project"));
        String project = repository.directory().toString();
        Path script = Files.writeString(place.resolve("script.json"), COMMITTING);
        String before = repository.git("rev-parse", "HEAD").strip().substring(0, 10);
        stele.run("run", "--project", project, "--agent", "scripted:" + script, "Do it.");
        String after = repository.git("rev-parse", "HEAD").strip().substring(0, 10);
        String move = "HEAD moved from main (" + before + ") to topic (" + after + ").";

        assertThat(stele.run("diff", "--project", project).err())
                .containsSubsequence(
                        move, "came with it, or were committed:\n  made.txt", "\n  README.md");
        assertThat(stele.run("show").out()).contains(move);
        assertThat(stele.run("diff", "--project", project, "--json").out())
                .contains("\"origin\":\"head\"", "\"origin\":\"unclear\"");
    }

    @Test
    void what_the_agent_did_not_tell_of_is_named_apart(@TempDir Path place) throws Exception {
        var stele = new Cli(place.resolve("home"));
        GitFixture repository = GitFixture.create(place.resolve("project"));
        Path readme = repository.directory().resolve("README.md");
        Files.writeString(readme, "the project\n");
        String project = repository.directory().toString();
        Path script = Files.writeString(place.resolve("script.json"), SILENT);
        stele.run("run", "--project", project, "--agent", "scripted:" + script, "Do it.");

        Outcome diff = stele.run("diff", "--project", project, "--stat");

        assertThat(diff.err())
                .containsSubsequence("lines that it did not tell of", "README.md")
                .containsSubsequence("told nothing of these; a command that it ran", "made.txt");
        assertThat(stele.run("diff", "--project", project, "--json").out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"origin\":\"agent_and_more\""),
                        line -> assertThat(line).contains("\"origin\":\"unclear\""));
        assertThat(stele.run("diff", "--project", project, "--name-only").out())
                .isEqualTo("README.md\nmade.txt\n");
    }

    @Test
    void a_turns_changes_are_shown_in_every_way(@TempDir Path place) throws Exception {
        var stele = new Cli(place.resolve("home"));
        GitFixture repository = GitFixture.create(place.resolve("project"));
        String project = repository.directory().toString();
        Path script = Files.writeString(place.resolve("script.json"), AGENT);
        Outcome run =
                stele.run("run", "--project", project, "--agent", "scripted:" + script, "Do it.");
        String turn = run.err().replaceAll("(?s).*stele restore (\\w+)-before.*", "$1");

        String whole = stele.run("diff", "--project", project).out();
        Path patch = Files.writeString(place.resolve("turn.patch"), whole);
        repository.git("apply", "--reverse", "--check", patch.toString());

        assertThat(stele.run("diff", turn, "--stat").out())
                .contains("A made/new.txt", "D notes/todo.txt", "M README.md")
                .contains("3 files changed, 3 lines added, 1 removed");
        assertThat(stele.run("diff", "--turn", turn.substring(0, 15), "--name-only").out())
                .isEqualTo("README.md\nmade/new.txt\nnotes/todo.txt\n");
        assertThat(stele.run("diff", turn + "-before", turn + "-after", "--json").out().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"kind\":\""));
        Outcome same = stele.run("diff", turn + "-after");
        assertThat(same.out()).isEmpty();
        assertThat(same.err()).contains("Nothing differs");
        assertThat(stele.run("diff", "--turn", "nothing").code()).isEqualTo(3);
        assertThat(stele.run("diff", "--turn", turn, turn).code()).isEqualTo(2);
        assertThat(stele.run("diff", "--project", place.toString()).code()).isEqualTo(3);
    }
}
