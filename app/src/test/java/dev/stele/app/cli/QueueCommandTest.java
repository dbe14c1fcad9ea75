package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits, from the command line. */
class QueueCommandTest {

    @TempDir private Path place = Path.of("");
    private Cli stele = new Cli(place);
    private GitFixture repository = new GitFixture(place);

    @BeforeEach
    void a_repository() throws Exception {
        stele = new Cli(place.resolve("home"));
        repository = GitFixture.create(place.resolve("project"));
    }

    private void play(String script) throws Exception {
        Files.writeString(place.resolve("script.json"), script);
    }

    private Outcome run(String script, String... more) throws Exception {
        play(script);
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("run", "--project", repository.directory().toString()));
        arguments.addAll(List.of("--agent", "scripted:" + place.resolve("script.json")));
        arguments.addAll(List.of(more));
        return stele.run(arguments.toArray(String[]::new));
    }

    private List<String> waiting() throws Exception {
        return Pattern.compile("\\{\"id\":\"([a-z0-9]+)\"")
                .matcher(stele.run("queue", "--json").out())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void what_comes_then_is_said_in_its_order() throws Exception {
        Outcome outcome =
                run(
                        "{\"steps\":[{\"say\":\"I heard ${prompt}.\"}]}",
                        "--then",
                        "two",
                        "--then",
                        "three",
                        "one");

        assertThat(outcome.code()).as(outcome.screen()).isZero();
        assertThat(outcome.out())
                .containsSubsequence("I heard one.", "I heard two.", "I heard three.");
        assertThat(outcome.err()).contains("> two", "> three").doesNotContain("> one");
        assertThat(stele.run("queue").err()).contains("Nothing waits");
    }

    @Test
    void after_a_failure_the_rest_waits_is_changed_and_goes_on() throws Exception {
        String script = "{\"steps\":[{\"fail\":\"broken\"}]}";
        Outcome failed = run(script, "--then", "two", "--then", "three", "--then", "four", "one");
        assertThat(failed.code()).as(failed.screen()).isEqualTo(1);
        assertThat(failed.err()).contains("3 prompts wait, since the turn before failed.");
        List<String> ids = waiting();
        assertThat(ids).hasSize(3);

        Outcome edited = stele.run("queue", "edit", ids.get(0), "rather", "this");
        Outcome moved = stele.run("queue", "move", ids.get(2), "1");
        Outcome removed = stele.run("queue", "remove", ids.get(1), "--json");

        assertThat(edited.out()).contains("rather this").doesNotContain("two");
        assertThat(moved.out()).containsSubsequence("four", "rather this", "three");
        assertThat(removed.out().lines()).hasSize(2);
        assertThat(waiting()).containsExactly(ids.get(2), ids.get(0));
        play("{\"steps\":[{\"say\":\"I heard ${prompt}.\"}]}");
        Outcome sent = stele.run("queue", "send-now");
        assertThat(sent.code()).as(sent.screen()).isZero();
        assertThat(sent.out()).containsSubsequence("I heard four.", "I heard rather this.");
        Outcome late = stele.run("queue", "edit", ids.get(0), "too late");
        assertThat(late.code()).isEqualTo(3);
        assertThat(late.err()).contains("its turn has started");
    }

    @Test
    void only_what_makes_sense_can_wait() throws Exception {
        assertThat(stele.run("run", "--queue", "Write.").code()).isEqualTo(2);
        assertThat(stele.run("run", "--then", " ", "Write.").code()).isEqualTo(2);
        assertThat(stele.run("queue", "send-now").code()).isEqualTo(3);
    }
}
