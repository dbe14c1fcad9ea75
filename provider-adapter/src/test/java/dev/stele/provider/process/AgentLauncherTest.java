package dev.stele.provider.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes: started, ended with all that they started, and found again by another Stele. */
@Timeout(60)
class AgentLauncherTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path home;
    private AgentLauncher launcher;

    @BeforeEach
    void makeLauncher() {
        launcher = new AgentLauncher(records());
    }

    private Path records() {
        return home.resolve("records");
    }

    private AgentProcess shell(String script) throws ProviderFailure {
        return launcher.start(new AgentCommand("'test'", List.of("sh", "-c", script)), home);
    }

    private static String firstLine(AgentProcess agent) throws IOException {
        var line = new StringBuilder();
        for (int c = agent.output().read(); c != '\n' && c >= 0; c = agent.output().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void assertGone(String pid) {
        ProcessHandle.of(Long.parseLong(pid))
                .ifPresent(process -> assertThat(Ending.isGone(process)).isTrue());
    }

    @Test
    void an_agent_is_recorded_before_it_is_used_and_forgotten_when_it_has_ended() throws Exception {
        AgentProcess agent = shell("cat");
        try (Stream<Path> files = Files.list(records())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .singleElement()
                    .asString()
                    .startsWith(agent.pid() + "-");
        }
        agent.kill();

        assertThat(agent.isAlive()).isFalse();
        assertThat(records()).isEmptyDirectory();
    }

    @Test
    void an_agent_that_heeds_the_end_of_its_input_ends_by_itself() throws Exception {
        AgentProcess agent = shell("cat; exit 5");
        agent.end(() -> close(agent));

        assertThat(agent.exitCode()).isEqualTo(5);
    }

    private static void close(AgentProcess agent) {
        try {
            agent.input().close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void ending_an_agent_ends_children_grandchildren_and_daemons() throws Exception {
        AgentProcess agent =
                shell(
                        """
                        sleep 1000 & child=$!
                        sh -c 'setsid sleep 1000 & echo $!' > grandchild
                        echo "$child $(cat grandchild)"
                        cat; wait\
                        """);
        String[] pids = firstLine(agent).split(" ", -1);
        agent.kill();

        assertThat(pids).hasSize(2);
        for (String pid : pids) {
            assertGone(pid);
        }
    }

    @Test
    void an_agent_that_takes_no_notice_of_a_request_is_killed() throws Exception {
        AgentProcess agent = shell("trap '' TERM; echo ready; while true; do sleep 1; done");
        firstLine(agent);
        agent.kill();

        assertThat(agent.awaitExit(SOON)).isTrue();
        assertThat(agent.exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void ending_twice_does_nothing_more() throws Exception {
        AgentProcess agent = shell("exit 0");
        agent.kill();
        agent.end(() -> {});

        assertThat(agent.isAlive()).isFalse();
    }

    @Test
    void the_end_of_what_it_writes_to_its_standard_error_is_kept() throws Exception {
        AgentProcess agent =
                shell("i=0; while [ $i -lt 3000 ]; do echo line-$i >&2; i=$((i+1)); done");
        assertThat(agent.awaitExit(SOON)).isTrue();

        assertThat(agent.lastErrors()).endsWith("line-2999").doesNotContain("line-1000\n");
        assertThat(agent.lastErrors().getBytes(StandardCharsets.UTF_8).length)
                .isBetween(8_000, 8_192);
        agent.kill();
    }

    @Test
    void a_missing_program_is_named_with_what_to_install() {
        assertThatThrownBy(() -> launcher.start(AgentCommand.of("qwen --acp"), home))
                .isInstanceOf(ProviderFailure.class)
                .hasMessage(
                        "The agent cannot be started: the program 'qwen' is not on the PATH."
                                + " Install it (npm install -g @qwen-code/qwen-code), or give its"
                                + " full path.");
    }

    @Test
    void a_file_that_may_not_be_executed_is_named() throws Exception {
        Path file = Files.writeString(home.resolve("agent"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> launcher.start(AgentCommand.of(file.toString()), home))
                .hasMessageContaining("may not be executed. Make it executable");
        assertThatThrownBy(() -> launcher.start(AgentCommand.of(home.toString()), home))
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> launcher.start(AgentCommand.of("./nothing"), home))
                .hasMessageContaining("the program './nothing' is not there");
    }

    @Test
    void a_file_that_the_system_cannot_run_is_an_error_in_words() throws Exception {
        Path file = Files.writeString(home.resolve("agent"), "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> launcher.start(AgentCommand.of(file.toString()), home))
                .isInstanceOf(ProviderFailure.class)
                .hasMessage(
                        "The agent '%s' cannot be started: its first line says that".formatted(file)
                                + " '/no/such/interpreter' runs it, which is not there.");
    }

    @Test
    void a_directory_that_is_not_there_is_named() {
        assertThatThrownBy(() -> launcher.start(AgentCommand.of("cat"), home.resolve("gone")))
                .hasMessageContaining("the project's directory")
                .hasMessageContaining("is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"marked", "recorded", "both"})
    void an_agent_of_a_dead_owner_is_ended(String how) throws Exception {
        List<String> command =
                how.equals("recorded")
                        ? List.of("env", "-i", "/bin/sh", "-c", "sleep 1000; sleep 1000")
                        : List.of("sh", "-c", "sleep 1000; sleep 1000");
        long pid = Orphanage.leave(records(), command);
        if (how.equals("marked")) {
            try (Stream<Path> files = Files.list(records())) {
                files.forEach(AgentLauncherTest::delete);
            }
        }
        assertThat(Ending.isGone(ProcessHandle.of(pid).orElseThrow())).isFalse();

        assertThat(launcher.endLeftovers()).isGreaterThanOrEqualTo(1);
        assertGone(Long.toString(pid));
        assertThat(records()).isEmptyDirectory();
        assertThat(launcher.endLeftovers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"marked", "recorded"})
    void a_command_beside_an_agent_of_a_dead_owner_is_ended(String how) throws Exception {
        String beside = how.equals("recorded") ? "exec env -i sleep 1000" : "sleep 1000 & wait";
        List<Long> left = Orphanage.leave(records(), beside, List.of("sleep", "1000"));
        if (how.equals("marked")) {
            try (Stream<Path> files = Files.list(records())) {
                files.forEach(AgentLauncherTest::delete);
            }
        }
        assertThat(left)
                .hasSize(2)
                .allSatisfy(pid ->
                        assertThat(Ending.isGone(ProcessHandle.of(pid).orElseThrow())).isFalse());

        assertThat(launcher.endLeftovers()).isGreaterThanOrEqualTo(2);
        left.forEach(pid -> assertGone(Long.toString(pid)));
        assertThat(records()).isEmptyDirectory();
    }

    @Test
    void a_command_beside_an_agent_ends_with_it_and_is_forgotten_when_it_has_ended()
            throws Exception {
        AgentProcess agent = shell("cat");
        Process brief = agent.startBeside(new ProcessBuilder("true"));
        Process lasting = agent.startBeside(new ProcessBuilder("sh", "-c", "setsid sleep 1000"));
        brief.onExit().join();
        agent.kill();

        assertGone(Long.toString(lasting.pid()));
        assertThat(lasting.waitFor(SOON)).isTrue();
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!isEmpty(records()) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(records()).isEmptyDirectory();
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void agents_of_a_living_owner_and_of_another_home_are_left_alone() throws Exception {
        AgentProcess own = shell("cat");
        long foreign = Orphanage.leave(home.resolve("other"), List.of("sleep", "1000"));

        assertThat(new AgentLauncher(records()).endLeftovers()).isZero();
        assertThat(own.isAlive()).isTrue();
        assertThat(ProcessHandle.of(foreign).filter(ProcessHandle::isAlive)).isPresent();
        own.kill();
        assertThat(new AgentLauncher(home.resolve("other")).endLeftovers()).isEqualTo(1);
    }

    @Test
    void a_record_whose_number_belongs_to_another_process_now_harms_nobody() throws Exception {
        AgentProcess bystander = shell("cat");
        Files.createDirectories(records());
        Files.writeString(
                records().resolve("old.agent"), bystander.pid() + " 1000 999999999 1000\n");
        Files.writeString(records().resolve("torn.agent"), "12");

        assertThat(launcher.endLeftovers()).isZero();
        assertThat(bystander.isAlive()).isTrue();
        bystander.kill();
        assertThat(records()).isEmptyDirectory();
    }
}
