package dev.stele.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.app.config.SteleHome;
import dev.stele.app.support.GitProject;
import dev.stele.app.support.Waiting;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs do what they show. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgramsTest {
    /** What tests need, and what an embedder does not get: see the optional dependencies. */
    private static final List<String> NOT_EMBEDDED =
            List.of("picocli", "logback", "junit", "assertj", "mockito", "jmh", "archunit");

    private final Path folder;
    private final GitProject project;

    ProgramsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        project = GitProject.in(folder.resolve("project"));
    }

    /** The name of an agent that plays these steps for every prompt. */
    private String playing(String steps) throws IOException {
        Path script = Files.createTempFile(folder, "script", ".json");
        Files.writeString(script, "{\"steps\": [" + steps + "]}");
        return "scripted:" + script;
    }

    @Test
    void one_turn_in_twenty_lines_on_the_class_path_of_an_embedder() throws Exception {
        String agent = playing("{\"write\": \"a.txt\", \"content\": \"a\"}, {\"say\": \"Done.\"}");
        List<String> printed =
                run(OneTurn.class, project.directory().toString(), agent, "Write a file.");

        assertThat(printed).hasSize(3);
        assertThat(printed.getFirst()).isEqualTo("Done.");
        assertThat(printed.get(1)).startsWith("Before: Ready[");
        assertThat(printed.get(2)).startsWith("After:  Ready[");
        assertThat(project.directory().resolve("a.txt")).hasContent("a");
    }

    /** Runs a program of its own process, without command line, logging and test libraries. */
    private List<String> run(Class<?> program, String... arguments) throws Exception {
        String classPath =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> NOT_EMBEDDED.stream().noneMatch(entry::contains))
                        .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath).contains("guice").doesNotContain("picocli");
        var command = new ArrayList<>(List.of("-cp", classPath, program.getName()));
        command.addFirst("--enable-native-access=ALL-UNNAMED");
        command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("errors.txt");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put(SteleHome.VARIABLE, folder.resolve("home").toString());
        Process process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return printed.lines().toList();
    }

    @Test
    void a_service_with_many_threads_its_own_policy_and_a_subscriber() throws Exception {
        String writer = playing("{\"write\": \"a.txt\", \"content\": \"a\"}");
        String runner = playing("{\"run\": \"rm a.txt\"}");
        int tasks = 4;
        try (var service = new TaskService(folder.resolve("home"))) {
            var results = new ArrayList<Future<TurnResult>>();
            for (int i = 0; i < tasks; i++) {
                Path repository = GitProject.in(folder.resolve("project-" + i)).directory();
                String agent = i % 2 == 0 ? writer : runner;
                results.add(service.submit(repository, agent, "Task " + i));
            }
            for (Future<TurnResult> result : results) {
                assertThat(result.get().isCompleted()).isTrue();
            }
            Waiting.until("the board shows it", () -> service.board().done() == tasks);
            assertThat(service.board().running()).isZero();
            assertThat(service.board().refused()).isEqualTo(tasks / 2);
        }
        assertThat(folder.resolve("project-0/a.txt")).hasContent("a");
        try (var service = new TaskService(folder.resolve("home"))) {
            Waiting.until("it is told again", () -> service.board().done() == tasks);
        }
    }

    @Test
    void a_deployment_with_a_store_and_a_provider_of_its_own() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Map<String, JavaAgent> agents =
                Map.of(
                        "parrot",
                        (prompt, talk) -> talk.say(talk.ask("May I speak?") ? prompt : "no"));
        TurnResult first;
        try (Stele stele = Deployment.open(home, agents)) {
            first = stele.run(project.directory(), "parrot", "Hello.");

            assertThat(first.text()).isEqualTo("Hello.");
            assertThat(project.git("for-each-ref")).contains(first.after().id().value());
        }
        try (Stele stele = Deployment.open(home, agents)) {
            assertThat(stele.run(first.threadId(), "Again.").text()).isEqualTo("Again.");
        }
        assertThat(home).isDirectoryNotContaining("glob:**stele.db");
        assertThat(home.resolve("journal.txt")).content().contains("Again.");
    }
}
