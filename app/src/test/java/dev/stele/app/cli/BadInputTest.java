package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets a sentence and an exit code, and never a stack trace. */
class BadInputTest {

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));
    private Path project = Path.of(".");
    private Outcome outcome = new Outcome(0, "", "");

    @BeforeEach
    void a_repository() throws Exception {
        stele = new Cli(place.resolve("home"));
        project = GitFixture.create(place.resolve("project")).directory();
    }

    @AfterEach
    void no_stack_trace() {
        assertThat(outcome.screen()).doesNotContain("\tat ", "Exception");
    }

    private void runAgent(String agent) throws Exception {
        outcome = stele.run("run", "--project", project.toString(), "--agent", agent, "Do it.");
    }

    private Path script(String content) throws Exception {
        return Files.writeString(place.resolve("agent"), content);
    }

    private void startLimitOfOneSecond() throws Exception {
        Files.createDirectories(stele.home());
        Files.writeString(stele.home().resolve("config.json"), "{\"agentStartSeconds\": 1}");
    }

    @Test
    void a_directory_that_does_not_exist() throws Exception {
        outcome = stele.run("run", "--project", place.resolve("nowhere").toString(), "Do it.");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("There is no directory").contains("nowhere");
    }

    @Test
    void a_directory_that_is_a_file() throws Exception {
        outcome = stele.run("run", "--project", project + "/README.md", "Do it.");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("README.md");
    }

    @Test
    void a_server_that_is_called_nothing_or_has_a_wrong_port() throws Exception {
        outcome = stele.run("serve", "--host", "");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--host is a name or an address");
        assertThat(stele.run("serve", "--port", "80000").err()).contains("--port is 0 to 65535");
    }

    @Test
    void an_empty_prompt() throws Exception {
        outcome = stele.run("run", "--project", project.toString(), "  ");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("The prompt is empty");
    }

    @Test
    void an_agent_that_is_not_installed() throws Exception {
        runAgent("no-such-agent-here --acp");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("no-such-agent-here", "stele agents", "stele run --thread")
                .doesNotContain("stele commit");
    }

    @Test
    void an_agent_whose_name_has_a_slip_in_it() throws Exception {
        runAgent("gemni");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("no agent 'gemni'. Did you mean 'gemini'?");
        assertThat(stele.run("threads").err()).contains("There are no threads yet.");
    }

    @Test
    void an_agent_that_is_a_blank() throws Exception {
        runAgent(" ");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("The agent is empty");
    }

    @Test
    void an_agent_that_prints_garbage() throws Exception {
        startLimitOfOneSecond();

        runAgent("sh -c 'while read line; do echo this is no protocol; done'");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("failed:", "this is no protocol");
    }

    @Test
    void an_agent_that_dies_at_once() throws Exception {
        runAgent("sh -c 'echo licence expired >&2; exit 7'");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("7").contains("licence expired");
    }

    @Test
    void an_agent_that_never_answers() throws Exception {
        startLimitOfOneSecond();

        runAgent("sleep 600");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("sleep");
    }

    @Test
    void an_unknown_thread() throws Exception {
        outcome = stele.run("show", "nobody");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("There is no thread 'nobody'");
    }

    @Test
    void an_id_that_can_be_none() throws Exception {
        outcome = stele.run("run", "--thread", "../../etc", "Do it.");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("'../../etc'");
    }

    @Test
    void a_home_that_another_process_works_in() throws Exception {
        Path script = script("{\"steps\": [{\"say\": \"I wait.\"}, {\"waitForCancel\": true}]}");
        Cli.Running first =
                stele.start(
                        "",
                        "run",
                        "--project",
                        project.toString(),
                        "--agent",
                        "scripted:" + script,
                        "Wait.");
        first.awaitScreen(screen -> screen.contains("I wait."));

        outcome = stele.run("run", "--project", project.toString(), "Do it.");

        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err())
                .contains(Long.toString(first.pid()), "stele watch", "stele serve");
        assertThat(stele.run("threads").out()).contains("running");
        first.signal("INT");
        assertThat(first.await().code()).isEqualTo(130);
    }

    @Test
    void settings_that_are_wrong() throws Exception {
        Path settings = Files.createDirectories(stele.home()).resolve("config.json");
        Files.writeString(settings, "{\"agents\": 5}");

        outcome = stele.run("run", "--project", project.toString(), "Do it.");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(settings.toString(), "agents", "Correct or remove them");
        assertThat(stele.run("--version").code()).isZero();
        outcome = stele.run("completion", "bash");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void a_damaged_database() throws Exception {
        Files.createDirectories(stele.home());
        Files.writeString(
                stele.home().resolve("stele.db"), "this is no database at all\n".repeat(99));

        outcome = stele.run("threads");

        assertThat(outcome.code()).isEqualTo(6);
        assertThat(outcome.err()).contains("stele.db");
    }

    @Test
    void a_bad_script() throws Exception {
        runAgent("scripted:" + script("{\"steps\": [{\"dance\": 1}]}"));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("cannot be played", "steps[0]");
    }
}
