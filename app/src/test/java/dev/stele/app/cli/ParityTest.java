package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands say the same, to the letter, whether a server has the home or nobody has. */
class ParityTest {

    private static final List<String> COMMANDS =
            List.of(
                    "threads",
                    "threads --json",
                    "threads --at 3",
                    "show",
                    "show --json",
                    "show --at 100000",
                    "show nobody",
                    "checkpoints",
                    "checkpoints --json",
                    "checkpoints nobody",
                    "checkpoints show TURN-before",
                    "checkpoints show TURN-before --json",
                    "checkpoints policy",
                    "checkpoints thin --dry-run",
                    "diff --project DIR",
                    "diff --project DIR --stat",
                    "diff --project DIR --json",
                    "diff TURN-before TURN-after",
                    "diff nobody",
                    "queue",
                    "queue --json",
                    "queue edit nobody x",
                    "queue move nobody 1",
                    "queue remove nobody",
                    "queue send-now",
                    "queue send-now nobody",
                    "policy --project DIR",
                    "policy show --project DIR --json",
                    "policy set --project DIR nonsense",
                    "usage",
                    "usage --json",
                    "log --limit 5",
                    "log --from 2 --to 4 --json",
                    "log why 5",
                    "log why nobody",
                    "log verify",
                    "log verify --json",
                    "log head",
                    "log accept-loss --yes 3",
                    "log import /nowhere",
                    "log backup /nowhere/copy",
                    "restore nobody",
                    "restore --dry-run TURN-before",
                    "restore --dry-run TURN-before --json",
                    "undo --project DIR",
                    "undo nobody",
                    "commit --project DIR -m x nobody",
                    "branch --project DIR two..dots",
                    "worktree list",
                    "worktree list --json",
                    "worktree merge --project DIR nobody",
                    "worktree remove --project DIR nobody",
                    "run --thread nobody x",
                    "run --project /nowhere x",
                    "run --queue x",
                    "watch nobody",
                    "watch --from 100000",
                    "doctor",
                    "doctor --json",
                    "threads --quiet",
                    "show nobody --quiet");

    @TempDir Path place;
    private String project = "";
    private String turn = "";

    @BeforeEach
    void a_home_with_a_turn() throws Exception {
        project = GitFixture.create(place.resolve("project")).directory().toString();
        Outcome done =
                stele().run(
                                "run",
                                "--project",
                                project,
                                "--agent",
                                "scripted",
                                "--approve",
                                "all",
                                "Write.");
        assertThat(done.code()).as(done.screen()).isZero();
        turn =
                Pattern.compile("checkpoint (\\w+)-before")
                        .matcher(done.err())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .findFirst()
                        .orElseThrow();
    }

    private InProcess stele() {
        return new InProcess(place.resolve("home"));
    }

    private Map<String, Outcome> outcomes() {
        var outcomes = new LinkedHashMap<String, Outcome>();
        for (String command : COMMANDS) {
            var words = new ArrayList<String>();
            for (String word : command.split(" ", -1)) {
                words.add(word.replace("DIR", project).replace("TURN", turn));
            }
            outcomes.put(command, stele().run(words.toArray(String[]::new)));
        }
        return outcomes;
    }

    private Outcome failingTurn() {
        return stele().run("run", "--project", project, "--agent", "scripted:/nowhere", "x");
    }

    @Test
    void a_server_changes_nothing_of_what_is_said() throws Exception {
        Outcome directTurn = failingTurn();
        Map<String, Outcome> direct = outcomes();
        Cli.Running server = new Cli(place.resolve("home")).start("", "serve", "--port", "0");
        server.awaitScreen(screen -> screen.contains("Ctrl-C ends it"));

        Map<String, Outcome> served = outcomes();
        Outcome servedTurn = failingTurn();
        server.signal("TERM");
        server.await();

        SoftAssertions.assertSoftly(softly ->
                direct.forEach((command, outcome) ->
                        softly.assertThat(comparable(Objects.requireNonNull(served.get(command))))
                                .as(command)
                                .isEqualTo(comparable(outcome))));
        assertThat(comparable(servedTurn)).isEqualTo(comparable(directTurn));
        assertThat(direct.values()).noneMatch(outcome -> outcome.screen().contains("Exception"));
        assertThat(direct.values()).extracting(Outcome::code).isSubsetOf(0, 2, 3, 4, 5);
        direct.forEach(this::assertJson);
    }

    /** What is for programs is one value a line, and nothing else. */
    private void assertJson(String command, Outcome outcome) {
        if (command.contains("--json")) {
            assertThat(outcome.out().lines())
                    .as(command)
                    .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }
        if (command.contains("--quiet") && outcome.code() == 0) {
            assertThat(outcome.err()).as(command).isEmpty();
        }
    }

    /** Turns that are begun have ids and times of their own. */
    private static String comparable(Outcome outcome) {
        return (outcome.code() + "\n--- out\n" + outcome.out() + "--- err\n" + outcome.err())
                .replaceAll("\\b1m[0-9a-z]{18}\\b", "ID");
    }
}
