package dev.stele.app.live.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The scripted model, asked as agents ask it. */
@Timeout(60)
class ModelEndpointTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ModelEndpoint model;

    ModelEndpointTest() throws IOException {
        model = ModelEndpoint.open();
    }

    @AfterEach
    void close() {
        client.close();
        model.close();
    }

    /** Requests with one prompt and one tool that runs commands. */
    enum Language {
        GEMINI("/v1beta/models/m:streamGenerateContent") {
            @Override
            Map<String, Object> request(String prompt) {
                var tool = Map.of("name", "bash", "parametersJsonSchema", SHELL);
                return Map.of(
                        "contents",
                        List.of(Map.of("role", "user", "parts", List.of(Map.of("text", prompt)))),
                        "tools",
                        List.of(Map.of("functionDeclarations", List.of(tool))));
            }
        },
        CHAT("/v1/chat/completions") {
            @Override
            Map<String, Object> request(String prompt) {
                var function = Map.of("name", "bash", "parameters", SHELL);
                return Map.of(
                        "stream",
                        true,
                        "messages",
                        List.of(Map.of("role", "user", "content", prompt)),
                        "tools",
                        List.of(Map.of("type", "function", "function", function)));
            }
        },
        RESPONSES("/v1/responses") {
            @Override
            Map<String, Object> request(String prompt) {
                var text = Map.of("type", "input_text", "text", prompt);
                return Map.of(
                        "stream",
                        true,
                        "input",
                        List.of(Map.of("role", "user", "content", List.of(text))),
                        "tools",
                        List.of(Map.of("name", "bash", "parameters", SHELL)));
            }
        },
        MESSAGES("/v1/messages") {
            @Override
            Map<String, Object> request(String prompt) {
                return Map.of(
                        "stream",
                        true,
                        "messages",
                        List.of(Map.of("role", "user", "content", prompt)),
                        "tools",
                        List.of(Map.of("name", "bash", "input_schema", SHELL)));
            }
        };

        private static final Map<String, Object> SHELL =
                Map.of("properties", Map.of("command", Map.of("type", "string")));

        private final String path;

        Language(String path) {
            this.path = path;
        }

        abstract Map<String, Object> request(String prompt);
    }

    private HttpResponse<String> ask(Language language, String prompt)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(model.uri().resolve(language.path))
                        .header("Authorization", "Bearer a-key-of-mine")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(language.request(prompt))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource
    void it_thinks_and_speaks_in_every_language(Language language) throws Exception {
        String body = ask(language, "SCENARIO=0-thinking").body();

        assertThat(body).containsSubsequence("think about ", "The answer", " is 42.");
    }

    @ParameterizedTest
    @EnumSource
    void it_runs_a_command_with_the_tool_that_the_agent_has(Language language) throws Exception {
        assertThat(ask(language, "SCENARIO=0-failing-command").body())
                .contains("bash", "cat no-such-file.txt; exit 3");
    }

    @ParameterizedTest
    @EnumSource
    void it_refuses_with_the_status_of_the_scenario_and_repeats_the_key(Language language)
            throws Exception {
        HttpResponse<String> answer = ask(language, "SCENARIO=0-error-401");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("a-key-of-mine");
        assertThat(ask(language, "SCENARIO=1-error-429").statusCode()).isEqualTo(429);
    }

    @ParameterizedTest
    @EnumSource
    void a_dropped_connection_is_no_end_of_an_answer(Language language) {
        assertThatThrownBy(() -> ask(language, "SCENARIO=0-drop")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_dropped_once_is_whole_when_it_is_asked_for_again(Language language)
            throws Exception {
        assertThatThrownBy(() -> ask(language, "SCENARIO=0-drop-once CWD=/p"))
                .isInstanceOf(IOException.class);

        assertThat(ask(language, "SCENARIO=0-drop-once CWD=/p").body()).contains("The whole");
    }

    @Test
    void the_scenario_with_the_highest_number_is_played_wherever_it_stands() throws Exception {
        String retold = "SCENARIO=1-recall CWD=/p and before that SCENARIO=0-text WORD=marble";

        assertThat(ask(Language.CHAT, retold).body()).contains("The word is ", "marble");
    }
}
