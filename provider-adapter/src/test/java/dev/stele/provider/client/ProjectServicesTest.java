package dev.stele.provider.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What an agent gets of a project, and what it does not get. */
@Timeout(180)
class ProjectServicesTest {
    @TempDir Path folder;
    private Path project;
    private ProjectServices services;

    @BeforeEach
    void open() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        services = new ProjectServices(project, true, true, ProcessBuilder::start);
        Files.writeString(project.resolve("a.txt"), "one\ntwo\nthree\n");
        Files.writeString(folder.resolve("secret.txt"), "secret");
    }

    @AfterEach
    void close() {
        services.close();
    }

    private RpcMessage ask(String method, String params) throws Exception {
        String json =
                "{\"id\": 1, \"method\": \"%s\", \"params\": %s}"
                        .formatted(method, params.replace("$", project.toString()));
        return services.serve(
                (RpcMessage.Request) Objects.requireNonNull(RpcMessage.of(Json.parse(json))));
    }

    private JsonNode result(String method, String params) throws Exception {
        return ask(method, params) instanceof RpcMessage.Response(_, var result)
                ? result
                : Json.string("it was refused");
    }

    private String refusal(String method, String params) throws Exception {
        return ask(method, params) instanceof RpcMessage.Failure(_, var code, var message, _)
                ? code + " " + message
                : "it was not refused";
    }

    @Test
    void a_file_is_read_whole_or_by_its_lines() throws Exception {
        assertThat(
                        result("fs/read_text_file", "{\"path\": \"$/a.txt\"}")
                                .path("content")
                                .asString())
                .isEqualTo("one\ntwo\nthree\n");
        assertThat(
                        result(
                                        "fs/read_text_file",
                                        "{\"path\": \"$/a.txt\", \"line\": 2, \"limit\": 1}")
                                .path("content")
                                .asString())
                .isEqualTo("two\n");
    }

    @Test
    void a_file_is_written_and_its_folders_are_made() throws Exception {
        result("fs/write_text_file", "{\"path\": \"$/x/y.txt\", \"content\": \"new\"}");

        assertThat(project.resolve("x/y.txt")).hasContent("new");
    }

    @Test
    void a_file_that_is_not_there_is_told_by_its_own_code() throws Exception {
        assertThat(refusal("fs/read_text_file", "{\"path\": \"$/none.txt\"}"))
                .startsWith("-32002 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$/../secret.txt",
                "$/x/../../secret.txt",
                "$/link/secret.txt",
                "$/link/new.txt",
                "$/dangling",
                "$/.git/config",
                "$/.GIT/config",
                "a.txt",
                "/etc/passwd",
                "$/a\\u0000b"
            })
    void nothing_outside_the_project_is_read_or_written(String path) throws Exception {
        Files.createSymbolicLink(project.resolve("link"), folder);
        Files.createSymbolicLink(project.resolve("dangling"), folder.resolve("new.txt"));

        assertThat(refusal("fs/read_text_file", "{\"path\": \"%s\"}".formatted(path)))
                .startsWith("-32");
        assertThat(
                        refusal(
                                "fs/write_text_file",
                                "{\"path\": \"%s\", \"content\": \"x\"}".formatted(path)))
                .startsWith("-32602 ");
        assertThat(folder.resolve("new.txt")).doesNotExist();
        assertThat(folder.resolve("secret.txt")).hasContent("secret");
    }

    @Test
    void a_link_within_the_project_may_be_followed() throws Exception {
        Files.createSymbolicLink(project.resolve("link.txt"), project.resolve("a.txt"));
        result("fs/write_text_file", "{\"path\": \"$/link.txt\", \"content\": \"x\"}");

        assertThat(project.resolve("a.txt")).hasContent("x");
    }

    @Test
    void a_file_that_is_no_text_is_refused() throws Exception {
        Files.write(project.resolve("b.bin"), new byte[] {(byte) 0xff, 0});

        assertThat(refusal("fs/read_text_file", "{\"path\": \"$/b.bin\"}"))
                .endsWith("b.bin is no text in UTF-8");
    }

    private String terminal(String command) throws Exception {
        return result(
                        "terminal/create",
                        "{\"command\": \"sh\", \"args\": [\"-c\", \"%s\"], \"outputByteLimit\": 10}"
                                .formatted(command))
                .path("terminalId")
                .asString();
    }

    @Test
    void a_command_runs_in_the_project_and_its_end_can_be_waited_for() throws Exception {
        String id = terminal("cat a.txt; pwd >> pwd.txt; exit 3");
        JsonNode exit = result("terminal/wait_for_exit", "{\"terminalId\": \"%s\"}".formatted(id));
        JsonNode output = result("terminal/output", "{\"terminalId\": \"%s\"}".formatted(id));

        assertThat(exit.path("exitCode").asInt()).isEqualTo(3);
        assertThat(output.path("output").asString()).isEqualTo("two\nthree\n".substring(0, 10));
        assertThat(output.path("truncated").asBoolean()).isTrue();
        assertThat(output.path("exitStatus").path("exitCode").asInt()).isEqualTo(3);
        assertThat(project.resolve("pwd.txt")).hasContent(project.toRealPath().toString());
    }

    @Test
    void a_command_that_is_killed_has_ended() throws Exception {
        String id = terminal("sleep 1000");
        result("terminal/kill", "{\"terminalId\": \"%s\"}".formatted(id));

        assertThat(
                        result("terminal/wait_for_exit", "{\"terminalId\": \"%s\"}".formatted(id))
                                .path("signal")
                                .asString())
                .isEqualTo("9");
        result("terminal/release", "{\"terminalId\": \"%s\"}".formatted(id));
        assertThat(refusal("terminal/output", "{\"terminalId\": \"%s\"}".formatted(id)))
                .isEqualTo("-32602 there is no terminal " + id);
    }

    @Test
    void closing_ends_what_runs() throws Exception {
        String id = terminal("sleep 1000");
        services.close();

        assertThat(
                        result("terminal/wait_for_exit", "{\"terminalId\": \"%s\"}".formatted(id))
                                .path("signal")
                                .asString())
                .isEqualTo("9");
    }

    @Test
    void a_command_outside_the_project_is_not_run() throws Exception {
        assertThat(refusal("terminal/create", "{\"command\": \"true\", \"cwd\": \"/\"}"))
                .endsWith("/ is not in the project's directory");
        assertThat(refusal("terminal/create", "{\"command\": \"no-such-program\"}"))
                .startsWith("-32602 no-such-program cannot be started");
    }

    @Test
    void only_what_is_offered_is_served() throws Exception {
        try (var reading = new ProjectServices(project, true, false, null)) {
            assertThat(reading.methods()).containsExactly("fs/read_text_file");
        }
    }
}
