package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C and its like end the turn in order, and nothing else. */
class InterruptTest {

    @TempDir Path place;

    /** A turn whose agent has said something, and then does what a script calls by that name. */
    private Cli.Running running(Cli stele, String says, String then) throws Exception {
        Path project = GitFixture.create(place.resolve("project")).directory();
        String steps = "{\"steps\": [{\"say\": \"%s\"}, {\"%s\": true}]}".formatted(says, then);
        Path script = Files.writeString(place.resolve("script.json"), steps);
        String agent = "scripted:" + script;
        Cli.Running running =
                stele.start("", "run", "--project", project.toString(), "--agent", agent, "Begin.");
        running.awaitScreen(screen -> screen.contains(says));
        return running;
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void a_signal_interrupts_the_turn_and_keeps_the_log(String signal) throws Exception {
        var stele = new Cli(place.resolve("home"));
        Cli.Running running = running(stele, "I wait.", "waitForCancel");
        var agents = ProcessHandle.of(running.pid()).orElseThrow().descendants().toList();

        running.signal(signal);

        assertThat(running.await().code()).isGreaterThan(128);
        assertThat(agents).isNotEmpty().allMatch(Cli::isGone);
        assertThat(stele.run("show").out()).contains("I wait.", "= interrupted");
        assertThat(stele.run("checkpoints").out()).contains("-before", "-after");
        assertThat(stele.run("log").out()).contains("TurnInterrupted", "TurnDrained");
    }

    @Test
    void the_second_ctrl_c_waits_for_nothing() throws Exception {
        var stele = new Cli(Files.createDirectories(place.resolve("home")));
        Files.writeString(stele.home().resolve("config.json"), "{\"agentCancelSeconds\": 600}");
        Cli.Running running = running(stele, "I hang.", "hang");
        running.signal("INT");
        running.awaitScreen(screen -> screen.contains("Ctrl-C again leaves at once"));

        while (running.isAlive()) {
            running.signal("INT");
        }

        assertThat(running.await().code()).isEqualTo(130);
        assertThat(stele.run("threads").out()).contains("idle");
        assertThat(stele.run("log").out()).contains("TurnInterrupted", "Stele was stopped while");
    }

    @Test
    void a_killed_process_leaves_a_turn_that_the_next_start_has_ended() throws Exception {
        var stele = new Cli(place.resolve("home"));
        Cli.Running running = running(stele, "I hang.", "hang");
        var agents = ProcessHandle.of(running.pid()).orElseThrow().descendants().toList();

        running.signal("KILL");
        running.await();

        assertThat(stele.run("threads").out()).contains("idle");
        assertThat(agents).isNotEmpty().allMatch(Cli::isGone);
        assertThat(stele.run("show").out()).contains("I hang.", "= failed:");
        assertThat(stele.run("checkpoints").out()).contains("-after");
    }

    @Test
    void a_push_that_nobody_waits_for_any_more_is_settled_by_the_next_start() throws Exception {
        var stele = new Cli(place.resolve("home"));
        GitFixture repository = GitFixture.create(place.resolve("project"));
        var remote = new GitFixture(Files.createDirectory(place.resolve("remote.git")));
        remote.git("init", "-q", "--bare");
        repository.git("remote", "add", "origin", remote.directory().toString());
        Path hook = repository.directory().resolve(".git").resolve("hooks").resolve("pre-push");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho begun > '" + place + "/begun'\nexec sleep 600\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Cli.Running running =
                stele.start("", "push", "--project", repository.directory().toString());
        running.awaitScreen(_ -> Files.exists(place.resolve("begun")));
        var hooks = ProcessHandle.of(running.pid()).orElseThrow().descendants().toList();

        running.signal("INT");
        Cli.Outcome outcome = running.await();

        assertThat(outcome.code()).isEqualTo(130);
        assertThat(outcome.err()).contains("Interrupted.").doesNotContain("Exception");
        assertThat(hooks).isNotEmpty().allMatch(Cli::isGone);
        assertThat(stele.run("log").out()).contains("PushRequested", "PushFailed");
        assertThat(remote.git("for-each-ref")).isEmpty();
    }
}
