package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.config.ServerNotice;
import dev.stele.app.config.SteleHome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stele serve}, and how the other commands work through it. */
class ServeTest {

    @TempDir Path place;

    private Cli stele = new Cli(Path.of(""));
    private Cli.Running server;
    private Path project;

    @BeforeEach
    void serve() throws Exception {
        stele = new Cli(place.resolve("home"));
        project = GitFixture.create(place.resolve("project")).directory();
        server = stele.start("", "serve", "--port", "0");
        server.awaitScreen(screen -> screen.contains("Ctrl-C ends it"));
    }

    @AfterEach
    void end() throws Exception {
        server.signal("KILL");
    }

    private String[] run(String... more) {
        var words = new java.util.ArrayList<>(java.util.List.of("run", "--project"));
        words.add(project.toString());
        words.addAll(java.util.List.of(more));
        return words.toArray(String[]::new);
    }

    private Path script(String steps) throws Exception {
        return Files.writeString(place.resolve("script.json"), "{\"steps\": [" + steps + "]}");
    }

    @Test
    void commands_work_through_the_server_and_behave_the_same() throws Exception {
        Cli.Outcome yes = stele.run(run("--approve", "all", "--then", "And more.", "Write."));

        assertThat(yes.code()).as(yes.screen()).isZero();
        assertThat(yes.screen()).contains("approved by the policy all", "= completed");
        assertThat(stele.run("log").out()).contains("And more.").doesNotContain("ActionRejected");
        Cli.Outcome asked = stele.answering("n\n", run("--approve", "ask", "Write it again."));
        assertThat(asked.screen()).contains("Allow it?", "rejected by");
        Cli.Outcome commit =
                stele.run("commit", "--all", "--project", project.toString(), "-m", "Note");
        assertThat(commit.code()).as(commit.screen()).isZero();
        Cli.Outcome compacted = stele.run("log", "compact");
        assertThat(compacted.code()).as(compacted.screen()).isZero();
        assertThat(stele.run("log", "verify").out()).contains("sound");

        server.signal("TERM");

        assertThat(server.await().screen()).contains("?token=");
        assertThat(place.resolve("home").resolve("server.json")).doesNotExist();
        assertThat(stele.run("threads").code()).isZero();
    }

    @Test
    void a_second_server_of_a_home_tells_where_the_first_is() throws Exception {
        Cli.Outcome second = stele.run("serve", "--port", "0");

        assertThat(second.code()).isEqualTo(4);
        assertThat(second.err())
                .contains("serves this home already: http://127.0.0.1:", "/?token=")
                .doesNotContain("stele watch");
    }

    @Test
    void an_end_of_the_server_ends_turns_in_order_and_is_told_to_who_waits() throws Exception {
        Path script = script("{\"say\": \"I wait.\"}, {\"waitForCancel\": true}");
        Cli.Running waiting = stele.start("", run("--agent", "scripted:" + script, "Wait."));
        waiting.awaitScreen(screen -> screen.contains("I wait."));

        server.signal("TERM");

        assertThat(server.await().screen()).contains("ending");
        waiting.await();
        assertThat(stele.run("show").out()).contains("I wait.", "= interrupted");
        assertThat(stele.run("log").out()).contains("TurnInterrupted", "TurnDrained");
    }

    @Test
    void ctrl_c_ends_the_turn_and_not_the_server() throws Exception {
        Path script = script("{\"say\": \"I wait.\"}, {\"waitForCancel\": true}");
        Cli.Running waiting = stele.start("", run("--agent", "scripted:" + script, "Wait."));
        waiting.awaitScreen(screen -> screen.contains("I wait."));

        waiting.signal("INT");

        assertThat(waiting.await().code()).isGreaterThan(128);
        assertThat(stele.run("log").out()).contains("TurnInterrupted", "TurnDrained");
        assertThat(ServerNotice.read(new SteleHome(place.resolve("home")))).isNotNull();
    }

    @Test
    void a_server_that_is_killed_is_told_and_nothing_that_was_acknowledged_is_lost()
            throws Exception {
        Path script = script("{\"say\": \"I hang.\"}, {\"hang\": true}");
        Cli.Running waiting = stele.start("", run("--agent", "scripted:" + script, "Hang."));
        waiting.awaitScreen(screen -> screen.contains("I hang."));

        server.signal("KILL");

        Cli.Outcome outcome = waiting.await();
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("the log").doesNotContain("Exception");
        assertThat(stele.run("show").out()).contains("I hang.", "= failed:");
        assertThat(stele.run("log", "verify").out()).contains("sound");
    }
}
