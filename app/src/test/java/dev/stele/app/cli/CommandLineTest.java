package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a user does it: the real store, real git, a real agent process. */
class CommandLineTest {

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));
    private GitFixture repository = new GitFixture(Path.of("."));

    @BeforeEach
    void a_repository_with_work_in_it() throws Exception {
        stele = new Cli(place.resolve("home"));
        repository = GitFixture.create(place.resolve("project"));
    }

    private Outcome runScripted(String typed, String... more) throws Exception {
        var arguments = new java.util.ArrayList<String>();
        arguments.addAll(java.util.List.of("run", "--project", repository.directory().toString()));
        arguments.addAll(java.util.List.of(more));
        arguments.add("Write a note.");
        return stele.answering(typed, arguments.toArray(String[]::new));
    }

    private String ref(String end) throws Exception {
        return repository
                .git("for-each-ref", "--format=%(refname)", "refs/stele/checkpoints")
                .lines()
                .filter(ref -> ref.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_turn_streams_asks_and_leaves_two_exact_checkpoints_and_the_users_own_untouched()
            throws Exception {
        String own = repository.usersOwn();

        Outcome outcome = runScripted("y\n");

        assertThat(outcome.code()).as(outcome.screen()).isZero();
        assertThat(outcome.out()).contains("I am the scripted agent of Stele");
        assertThat(outcome.err()).contains("?").contains("Allow it?").contains("completed");
        assertThat(repository.read("stele-demo.md")).contains("Write a note.");
        assertThat(repository.tree(ref("-before")))
                .contains("edited, not staged", "int staged", "untracked")
                .doesNotContain("ignored\n", "stele-demo.md");
        assertThat(repository.tree(ref("-after")))
                .contains("edited, not staged", "untracked", "stele-demo.md")
                .doesNotContain("debug.log");
        Files.delete(repository.directory().resolve("stele-demo.md"));
        assertThat(repository.usersOwn()).isEqualTo(own);
    }

    @Test
    void the_past_is_shown_as_it_stood() throws Exception {
        runScripted("y\n");

        Outcome now = stele.answering("", "show");
        Outcome early = stele.answering("", "show", "--at", "2");
        Outcome json = stele.answering("", "show", "--at", "3", "--json");
        Outcome beyond = stele.answering("", "show", "--at", "100000");

        assertThat(now.out()).contains("Write a note.", "= completed");
        assertThat(early.code()).as(early.screen()).isZero();
        assertThat(early.out()).contains("thread ").doesNotContain("= completed", "turn ");
        assertThat(json.out()).contains("\"ordinal\":0", "Write a note.");
        assertThat(stele.answering("", "threads", "--at", "1").err()).contains("no threads yet");
        assertThat(stele.answering("", "checkpoints", "--at", "0").err()).contains("no checkpoint");
        assertThat(beyond.code()).isEqualTo(2);
        assertThat(beyond.err()).contains("--at is a place from 0 to ");
        assertThat(stele.answering("", "show", "--at", "-1").code()).isEqualTo(2);
    }

    @Test
    void the_log_tells_what_happened_between_two_facts_and_why() throws Exception {
        runScripted("y\n");

        Outcome between = stele.answering("", "log", "--from", "2", "--to", "4");
        Outcome why = stele.answering("", "log", "why", "6");
        Outcome nothing = stele.answering("", "log", "why", "nobodys-id");
        Outcome beyond = stele.answering("", "log", "why", "100000");

        assertThat(between.out().lines()).hasSize(3);
        assertThat(between.out()).contains("ThreadCreated", "TurnStarted");
        assertThat(why.code()).as(why.screen()).isZero();
        assertThat(why.out()).contains("TurnStarted", "by the command ", "the facts 3 to 4");
        assertThat(nothing.code()).isEqualTo(3);
        assertThat(nothing.err()).contains("nobodys-id");
        assertThat(beyond.code()).isEqualTo(3);
        assertThat(stele.answering("", "log", "--from", "3", "--after", "1").code()).isEqualTo(2);
        assertThat(stele.answering("", "log", "--from", "3", "--to", "2").code()).isEqualTo(2);
        assertThat(stele.answering("", "log", "--from", "0").code()).isEqualTo(2);
    }

    @Test
    void a_no_is_a_no() throws Exception {
        Outcome outcome = runScripted("n\n");

        assertThat(outcome.code()).as(outcome.screen()).isZero();
        assertThat(repository.directory().resolve("stele-demo.md")).doesNotExist();
        assertThat(outcome.err()).contains("rejected by");
    }

    @Test
    void where_nobody_answers_the_answer_is_no() throws Exception {
        Outcome outcome = runScripted("");

        assertThat(outcome.err()).contains("Nobody is there to answer");
        assertThat(repository.directory().resolve("stele-demo.md")).doesNotExist();
    }

    @Test
    void what_was_done_is_shown_afterwards_to_people_and_to_machines() throws Exception {
        runScripted("", "--approve", "all");

        assertThat(stele.run("threads").out()).contains("idle", "scripted", "Write a note.");
        assertThat(stele.run("threads", "--json").out()).startsWith("{").contains("\"id\":\"");
        assertThat(stele.run("show").out())
                .contains("> Write a note.", "stele-demo.md", "succeeded", "completed");
        assertThat(stele.run("show", "--json").out().lines().map(CommandLineTest::firstField))
                .startsWith("id", "id", "ordinal")
                .endsWith("ordinal");
        assertThat(stele.run("checkpoints").out())
                .contains("-before", "-after", "refs/stele/checkpoints/");
        assertThat(stele.run("checkpoints", "--json").out().lines()).hasSize(2);
        assertThat(stele.run("log").out()).contains("TurnStarted", "CheckpointGitRefAssigned");
        assertThat(stele.run("log", "--json", "--after", "2", "--limit", "3").out().lines())
                .hasSize(3)
                .first()
                .asString()
                .contains("\"sequence\":3");
    }

    /** A thread and a turn begin with their ids, a message of the turn before it with its place. */
    private static String firstField(String line) {
        return line.substring(2, line.indexOf('"', 2));
    }

    @Test
    void a_turn_for_machines_is_a_json_value_a_line_and_nothing_else() throws Exception {
        Outcome outcome = runScripted("", "--approve", "all", "--json");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @Test
    void a_conversation_goes_on_in_a_later_run() throws Exception {
        runScripted("", "--approve", "all");
        String shown = stele.run("threads", "--json").out();
        String thread = shown.replaceAll("(?s).*?\"id\":\"([a-z0-9]+)\".*", "$1");

        Outcome second =
                stele.run("run", "--thread", thread, "--approve", "all", "And another one.");

        assertThat(second.code()).as(second.screen()).isZero();
        assertThat(repository.read("stele-demo.md")).contains("Write a note.", "And another one.");
        assertThat(stele.run("show", thread).out()).contains("> Write a note.", "> And another");
    }

    @Test
    void the_demo_runs_to_its_end() throws Exception {
        Outcome outcome = stele.run("demo");

        assertThat(outcome.code()).as(outcome.screen()).isZero();
        assertThat(outcome.screen())
                .contains("I am a scripted agent", "approved by the policy")
                .contains("-echo \"Helo, $name!\"", "+echo \"Hello, $name!\"")
                .contains("restored: 1 file written", "undone: 1 file written")
                .containsPattern("committed [0-9a-f]{40}  Greet with all letters")
                .contains("ChangesCommitted", "stele run --agent");
    }
}
