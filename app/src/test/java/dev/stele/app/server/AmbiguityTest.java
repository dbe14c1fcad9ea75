package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that could be read in two ways are read in none. */
class AmbiguityTest {
    private static final String JSON = "Content-Type: application/json";

    private final ServerRig rig;
    private final Wire wire;

    AmbiguityTest(@TempDir Path folder) {
        this.rig = new ServerRig(folder);
        this.wire = Wire.of(rig);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer x",
                "Content-Type: text/plain",
                "Idempotency-Key: one\r\nIdempotency-Key: two",
                "Origin: http://127.0.0.1:PORT\r\nOrigin: http://evil.example",
                "Host: evil.example",
                "Content-Length: 3",
                "Transfer-Encoding: chunked"
            })
    void a_header_that_counts_is_sent_once(String second) throws IOException {
        String header = second.replace("PORT", Integer.toString(wire.port()));

        assertThat(wire.post("{}", JSON, header)).startsWith("HTTP/1.1 400");
    }

    @Test
    void a_parameter_is_told_once() {
        assertThat(rig.get("/api/overview?limit=1&limit=2").statusCode()).isEqualTo(400);
    }

    @Test
    void other_ports_may_put_cookies_of_the_same_name_beside_the_servers() throws IOException {
        String name = "stele-" + wire.port();
        String cookies = "Cookie: %s=theirs; %s=%s".formatted(name, name, rig.token);

        assertThat(wire.ask("GET", "/api/overview", wire.host(), cookies))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({"same-origin, 200", "none, 200", "same-site, 403", "CROSS-SITE, 403", "new, 403"})
    void a_page_of_another_port_is_another_site(String site, int status) throws IOException {
        String from = "Sec-Fetch-Site: " + site;

        assertThat(wire.ask("GET", "/api/overview", wire.host(), wire.bearer(), from))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: application/json; charset=utf-8 | 422",
                "Content-Type: APPLICATION/JSON | 422",
                "Content-Type: application/json; charset=utf-16 | 415",
                "Content-Type: application/jsonx | 415",
                "Content-Type: text/plain | 415",
                "Content-Type: | 415",
                "Accept: text/plain | 415"
            })
    void a_body_is_json_in_utf_8(String header, int status) throws IOException {
        assertThat(wire.post("{}", header)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void a_body_is_not_compressed() throws IOException {
        assertThat(wire.post("{}", JSON, "Content-Encoding: gzip")).startsWith("HTTP/1.1 415");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /api/overview | GET, HEAD",
                "OPTIONS | /api/events | GET, HEAD",
                "HEAD | /api/commands | POST",
                "PUT | / | GET, HEAD",
                "POST | /assets/js/app.js | GET, HEAD"
            })
    void a_wrong_method_is_told_the_right_ones(String method, String path, String allowed)
            throws IOException {
        assertThat(wire.ask(method, path, wire.host(), wire.bearer()))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: " + allowed + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} {} | something follows the object, at byte 3.",
                "{\"a\": | Unexpected end-of-input within/between Object entries, at byte 5.",
                "{ | Unexpected end-of-input: expected close marker for Object, at byte 1.",
                "{\"a\":NaN} | Non-standard token 'NaN', at byte 8."
            })
    void why_it_is_none_is_said_without_the_words_of_a_library(String body, String why) {
        assertThat(rig.post("/api/commands", body).body())
                .contains("\"detail\":\"The body is no JSON: " + why + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE"})
    void a_body_in_another_encoding_is_not_guessed(String encoding) throws IOException {
        byte[] body = "{\"type\":\"Foo\"}".getBytes(Charset.forName(encoding));
        String latin = new String(body, StandardCharsets.ISO_8859_1);

        assertThat(wire.post(latin, JSON)).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "FOO"})
    void what_is_refused_before_anybody_looks_is_a_problem_too(String method) throws IOException {
        assertThat(wire.ask(method, "/api/checkpoints/a%2Fb", wire.host(), wire.bearer()))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"detail\":\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2} | 400",
                "{} {} | 400",
                "[] | 400",
                "DEEP | 413",
                "{\"type\":\"Foo\"} | 422"
            })
    void a_body_is_one_object(String body, int status) {
        String sent = body.replace("DEEP", "[".repeat(2_000));

        assertThat(rig.post("/api/commands", sent).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/log/compact | {\"keep\":\"many\"}",
                "/api/log/compact | {\"keep\":1.5}",
                "/api/log/compact | {\"giveBack\":\"yes\"}",
                "/api/log/compact | {\"olderThan\":\"P999999999999D\"}",
                "/api/log/compact | {\"olderThan\":[]}",
                "/api/log/compact | {\"keepDeleted\":{\"days\":1}}",
                "/api/log/compact | {\"keep\":null}",
                "/api/log/compact | {\"older\":\"P1D\"}",
                "/api/log/verify | {\"expects\":\"x\"}",
                "/api/log/verify | {\"expect\":{}}",
                "/api/log/verify | {\"expect\":5}",
                "/api/agents/ask | {\"agent\":\"scripted\",\"version\":\"1\"}",
                "/api/projects/project-1/worktrees | {\"named\":\"x\"}",
                "/api/threads/thread-1/undo | {\"to\":\"turn-1\"}",
                "/api/projects | {\"path\":\"/\",\"name\":\"x\"}"
            })
    void what_is_not_understood_is_not_passed_over(String path, String body) {
        assertThat(rig.post(path, body).statusCode()).isEqualTo(422);
    }
}
