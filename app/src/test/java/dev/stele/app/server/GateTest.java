package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.config.ServerNotice;
import dev.stele.app.config.ServerToken;
import dev.stele.app.config.SteleHome;
import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and how much of anything. */
class GateTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(3);

    private final Path folder;
    private final ServerRig rig;
    private final Wire wire;

    GateTest(@TempDir Path folder) {
        this.folder = folder;
        this.rig = new ServerRig(folder, ServerSettings.USUAL.withBounds(1_000, 1, LONG));
        this.wire = Wire.of(rig);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private String get(String path, String... headers) throws IOException {
        return wire.ask("GET", path, headers);
    }

    private String host() {
        return wire.host();
    }

    private String bearer() {
        return wire.bearer();
    }

    @Test
    void nobody_gets_in_without_the_token() throws IOException {
        assertThat(get("/api/overview", host())).startsWith("HTTP/1.1 401");
        assertThat(get("/metrics", host())).startsWith("HTTP/1.1 401");
        assertThat(get("/api/overview", host(), bearer() + "x")).startsWith("HTTP/1.1 401");
        assertThat(get("/api/overview", host(), "Authorization: Basic eA=="))
                .startsWith("HTTP/1.1 401");
        assertThat(get("/api/overview", host(), bearer())).startsWith("HTTP/1.1 200");
        assertThat(get("/api/health", host())).startsWith("HTTP/1.1 200");
    }

    @Test
    void the_token_in_the_address_becomes_a_cookie_that_pages_of_others_cannot_use()
            throws IOException {
        String answer = get("/?token=" + rig.token, host());

        assertThat(answer)
                .startsWith("HTTP/1.1 303")
                .contains("Location: /\r\n", "HttpOnly", "SameSite=Strict", "Path=/");
        String cookie = "Cookie: stele-" + rig.server.address().getPort() + "=" + rig.token;
        assertThat(get("/api/overview", host(), cookie)).startsWith("HTTP/1.1 200");
        assertThat(get("/api/overview", host(), cookie + "x")).startsWith("HTTP/1.1 401");
        assertThat(get("/?token=wrong", host()))
                .startsWith("HTTP/1.1 401")
                .doesNotContain("Set-Cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1"})
    void another_name_for_this_machine_is_refused(String name) throws IOException {
        String port = Integer.toString(rig.server.address().getPort());

        assertThat(get("/api/health", "Host: " + name.replace("PORT", port)))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void pages_of_other_sites_are_refused_also_with_the_token() throws IOException {
        int port = rig.server.address().getPort();

        assertThat(get("/api/overview", host(), bearer(), "Origin: http://evil.example"))
                .startsWith("HTTP/1.1 403");
        assertThat(get("/api/overview", host(), bearer(), "Origin: null"))
                .startsWith("HTTP/1.1 403");
        assertThat(get("/api/overview", host(), bearer(), "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403");
        assertThat(get("/api/overview", host(), bearer(), "Origin: http://localhost:" + port))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void a_form_cannot_send_a_command() {
        HttpRequest form =
                rig.request("/api/commands")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))
                        .build();

        assertThat(rig.answer(form).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../index.html",
                "/assets/%2e%2e/index.html",
                "/assets/..%2findex.html",
                "/assets//etc/passwd",
                "/assets/.hidden",
                "/..%5c..%5cetc/passwd",
                "/assets/js/../../../cli/Main.class",
                "/assets/%00.js"
            })
    void nothing_but_the_pages_files_can_be_read(String path) throws IOException {
        assertThat(get(path, host(), bearer())).matches("(?s)HTTP/1.1 40[04].*");
    }

    @Test
    void every_answer_forbids_scripts_of_others() throws IOException {
        for (String path : new String[] {"/", "/api/health", "/api/overview", "/nothing"}) {
            assertThat(get(path, host()))
                    .as(path)
                    .contains(
                            "Content-Security-Policy: default-src 'none'; script-src 'self'",
                            "worker-src 'self'",
                            "trusted-types lit-html dompurify stele",
                            "frame-ancestors 'none'",
                            "X-Content-Type-Options: nosniff",
                            "Referrer-Policy: no-referrer")
                    .doesNotContain("unsafe-inline", "unsafe-eval", "Server:");
        }
    }

    @Test
    void a_body_that_is_too_large_is_not_read() throws IOException {
        assertThat(rig.post("/api/commands", "x".repeat(1_001)).statusCode()).isEqualTo(413);
        String chunks =
                wire.send(
                        "POST /api/commands HTTP/1.1",
                        host(),
                        bearer(),
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked",
                        "Connection: close",
                        "",
                        "7d0",
                        "y".repeat(2_000),
                        "0",
                        "",
                        "");
        assertThat(chunks).startsWith("HTTP/1.1 413");
    }

    @Test
    void who_is_answered_before_his_body_has_arrived_is_told_that_the_connection_ends()
            throws IOException {
        for (String request :
                List.of("POST /api/none", "POST /api/overview", "POST /", "GET /api/health")) {
            String answer =
                    wire.send(
                            request + " HTTP/1.1",
                            host(),
                            bearer(),
                            "Content-Type: application/json",
                            "Content-Length: 2",
                            "",
                            "");

            assertThat(answer).as(request).contains("Connection: close\r\n");
        }
    }

    @Test
    void headers_that_are_too_long_are_refused() throws IOException {
        assertThat(get("/api/health", host(), "X: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void who_sends_slowly_is_not_waited_for() throws IOException {
        var parts = new SteleServer.Parts(rig.stele, rig.agents(), rig.administration());
        ServerSettings settings = ServerSettings.USUAL.withPort(0).withBounds(1_000, 1, SHORT);
        try (SteleServer hasty = SteleServer.open(parts, settings)) {
            var slow = new Wire(hasty.address().getPort(), rig.token);

            assertThat(slow.send("GET /api/health HTTP/1.1", "Host:")).doesNotContain("200");
            String body =
                    slow.send(
                            "POST /api/commands HTTP/1.1",
                            slow.host(),
                            slow.bearer(),
                            "Content-Type: application/json",
                            "Content-Length: 500",
                            "",
                            "{");
            assertThat(body).doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void there_are_so_many_streams_and_no_more() throws Exception {
        HttpRequest stream =
                rig.request("/api/events").header("Accept", "text/event-stream").build();
        try (var one = rig.stream(stream).body()) {
            assertThat(one.read()).isEqualTo(':');

            HttpResponse<String> second = rig.answer(stream);

            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @Test
    void the_home_names_the_server_to_its_owner_alone() throws IOException {
        Path home = folder.resolve("home");
        for (String file : new String[] {"server.json", "server.token"}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(home.resolve(file))))
                    .isEqualTo("rw-------");
        }
        ServerNotice notice = notice();
        assertThat(notice.address()).isEqualTo(rig.server.address());
        assertThat(notice.toString()).doesNotContain(rig.token);

        rig.server.close();

        assertThat(home.resolve("server.json")).doesNotExist();
        assertThat(home.resolve("server.token")).hasContent(rig.token);
    }

    @Test
    void a_token_that_others_could_have_read_or_put_there_is_replaced() throws IOException {
        SteleHome home = new SteleHome(folder.resolve("another")).create();
        Path file = home.root().resolve("server.token");
        String readable = ServerToken.of(home).value();
        assertThat(ServerToken.of(home).value()).isEqualTo(readable);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        String made = ServerToken.of(home).value();

        assertThat(made).isNotEqualTo(readable);
        Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, elsewhere);
        assertThat(ServerToken.of(home).value()).isNotEqualTo(made);
        assertThat(elsewhere).hasContent(made);
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void a_home_that_others_can_look_into_is_known() throws IOException {
        SteleHome home = rig.stele.home();
        assertThat(home.isOpenToOthers()).isFalse();

        Files.setPosixFilePermissions(home.root(), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(home.isOpenToOthers()).isTrue();
    }

    private ServerNotice notice() {
        return Objects.requireNonNull(ServerNotice.read(rig.stele.home()));
    }

    @Test
    void only_the_server_proves_that_it_knows_the_token() {
        String proof = rig.json("/api/health?nonce=n1").path("proof").asString();

        assertThat(proof).isEqualTo(notice().token().proof("n1"));
        assertThat(proof).isNotEqualTo(rig.json("/api/health?nonce=n2").path("proof").asString());
    }

    @Test
    void other_machines_are_listened_to_with_a_certificate_only() {
        var parts = new SteleServer.Parts(rig.stele, rig.agents(), rig.administration());

        assertThatThrownBy(() -> SteleServer.open(parts, ServerSettings.USUAL.on("0.0.0.0", null)))
                .isInstanceOf(SteleException.InvalidConfiguration.class)
                .hasMessageContaining("--tls");
    }

    @Test
    void a_port_that_is_taken_is_told() {
        var parts = new SteleServer.Parts(rig.stele, rig.agents(), rig.administration());
        URI taken = rig.server.address();

        assertThatThrownBy(() ->
                        SteleServer.open(parts, ServerSettings.USUAL.withPort(taken.getPort())))
                .isInstanceOf(SteleException.InvalidConfiguration.class)
                .hasMessageContaining("--port");
    }
}
