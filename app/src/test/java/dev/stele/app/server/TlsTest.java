package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.Stele;
import dev.stele.app.config.ServerNotice;
import dev.stele.app.config.SteleHome;
import dev.stele.app.error.SteleException;
import dev.stele.app.support.Commands;
import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with a certificate that its clients trust. */
class TlsTest {
    private static final String PASSWORD = "a password of the test";

    @TempDir static Path keys;
    @TempDir Path folder;

    @BeforeAll
    static void a_certificate() throws Exception {
        keytool(
                keyStore(),
                "-genkeypair",
                "-alias",
                "stele",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:stele.example,dns:*.garden.example,dns:localhost,ip:127.0.0.1");
    }

    private static void keytool(Path store, String... asked) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(asked));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Path keyStore() {
        return keys.resolve("server.p12");
    }

    private static ServerSettings settings(String password) {
        return ServerSettings.USUAL.on("127.0.0.1", new ServerSettings.Tls(keyStore(), password));
    }

    @Test
    void over_tls_the_token_is_wanted_and_the_cookie_goes_over_tls_alone() throws Exception {
        try (var rig = new ServerRig(folder, settings(PASSWORD));
                HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build()) {
            URI address = rig.server.address();

            HttpResponse<String> without = get(http, address.resolve("/api/overview"), null);
            HttpResponse<String> with = get(http, address.resolve("/api/overview"), rig.token);
            HttpResponse<String> entered = get(http, rig.server.entrance(), null);

            assertThat(address.getScheme()).isEqualTo("https");
            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(with.statusCode()).isEqualTo(200);
            assertThat(entered.statusCode()).isEqualTo(303);
            assertThat(entered.headers().firstValue("Set-Cookie").orElse("")).contains("Secure");
        }
    }

    @Test
    void a_password_that_does_not_open_the_certificate_is_told() {
        assertThatThrownBy(() -> new ServerRig(folder, settings("another one")))
                .isInstanceOf(SteleException.InvalidConfiguration.class)
                .hasMessageContaining("password");
    }

    @Test
    void a_certificate_that_is_none_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("none.p12"), "none");
        for (Path wrong : List.of(file, folder.resolve("missing.p12"))) {
            ServerSettings settings =
                    ServerSettings.USUAL.on("127.0.0.1", new ServerSettings.Tls(wrong, PASSWORD));

            assertThatThrownBy(() -> new ServerRig(folder, settings))
                    .isInstanceOf(SteleException.InvalidConfiguration.class)
                    .hasMessageContaining(wrong.toString())
                    .hasMessageContaining("PKCS #12");
        }
    }

    @Test
    void a_file_without_a_key_is_told() throws Exception {
        String certificate = folder.resolve("alone.cer").toString();
        Path store = folder.resolve("alone.p12");
        keytool(keyStore(), "-exportcert", "-alias", "stele", "-file", certificate);
        keytool(store, "-importcert", "-noprompt", "-alias", "stele", "-file", certificate);
        ServerSettings settings =
                ServerSettings.USUAL.on("127.0.0.1", new ServerSettings.Tls(store, PASSWORD));

        assertThatThrownBy(() -> new ServerRig(folder, settings))
                .isInstanceOf(SteleException.InvalidConfiguration.class)
                .hasMessageContaining("there is no key in it");
    }

    @Test
    void of_a_certificate_that_is_over_or_for_another_name_people_are_warned() {
        Certificate read = Certificate.read(new ServerSettings.Tls(keyStore(), PASSWORD));
        Instant now = Instant.now();

        for (String own : List.of("localhost", "127.0.0.1", "Stele.Example", "a.garden.example")) {
            assertThat(read.warnings(own, now)).as(own).isEmpty();
        }
        for (String other : List.of("other.example", "garden.example", "a.b.garden.example")) {
            assertThat(read.warnings(other, now)).singleElement().asString().contains(other);
        }
        for (int days : List.of(-10, 1_000)) {
            assertThat(read.warnings("localhost", now.plus(Duration.ofDays(days))))
                    .singleElement()
                    .asString()
                    .contains("not now");
        }
    }

    @Test
    void a_command_line_trusts_the_certificate_that_the_home_names_whoever_signed_it() {
        try (var rig = new ServerRig(folder, settings(PASSWORD));
                Stele attached = Stele.builder().home(rig.stele.home()).attach(true).open()) {
            attached.execute(Commands.project(1));

            assertThat(rig.stele.model().projects().size()).isEqualTo(1);
        }
    }

    @Test
    void a_command_line_trusts_no_other_certificate_and_says_so() {
        try (var rig = new ServerRig(folder, settings(PASSWORD))) {
            SteleHome home = rig.stele.home();
            ServerNotice notice = Objects.requireNonNull(ServerNotice.read(home));
            for (String other : Arrays.asList("00".repeat(32), "no digits", null)) {
                ServerNotice.ofThisProcess(notice.address(), notice.token(), other).write(home);

                assertThatThrownBy(() -> Stele.builder().home(home).attach(true).open())
                        .isInstanceOf(StoreException.Locked.class)
                        .hasMessageContaining("its certificate is not trusted");
            }
        }
    }

    @Test
    void at_all_addresses_it_is_called_by_the_names_in_its_certificate_and_no_other()
            throws Exception {
        ServerSettings everywhere =
                ServerSettings.USUAL.on("0.0.0.0", new ServerSettings.Tls(keyStore(), PASSWORD));
        try (var rig = new ServerRig(folder, everywhere);
                HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build()) {
            int port = rig.server.address().getPort();
            assertThat(rig.server.entrance().toString())
                    .startsWith("https://stele.example:" + port);
            assertThat(get(http, URI.create("https://localhost:" + port + "/api/health"), null))
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(HttpClient http, URI address, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore())) {
            store.load(in, PASSWORD.toCharArray());
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
