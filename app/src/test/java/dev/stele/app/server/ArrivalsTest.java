package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.Commands;
import dev.stele.app.support.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sends a byte now and then is never idle, and yet not waited for. */
class ArrivalsTest {
    private static final Duration SOON = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int MOST = 10_000;

    private final Path folder;
    private final ServerRig rig;
    private final Wire wire;

    ArrivalsTest(@TempDir Path folder) {
        this.folder = folder;
        this.rig =
                new ServerRig(
                        folder, ServerSettings.USUAL.withBounds(MOST, 2, LONG).withArrival(SOON));
        this.wire = Wire.of(rig);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Sends a beginning, then a byte now and then until the server has enough; what it says. */
    private String drip(String beginning) throws IOException {
        try (Socket socket = wire.open()) {
            OutputStream out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            Thread.startVirtualThread(() -> dripInto(out));
            var said = new StringBuilder();
            try (var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)) {
                for (int c = in.read(); c >= 0; c = in.read()) {
                    said.append((char) c);
                }
            } catch (IOException reset) {
                // what was said before counts
            }
            return said.toString();
        }
    }

    private static void dripInto(OutputStream out) {
        try {
            while (true) {
                out.write('x');
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (IOException ended) {
            // as it should be
        }
    }

    @Test
    void a_header_that_never_ends_is_ended() throws IOException {
        assertThat(drip("GET /api/health HTTP/1.1\r\n" + wire.host() + "\r\nX: ")).isEmpty();
    }

    @Test
    void so_is_the_header_of_a_second_request() throws IOException {
        String first = "GET /api/health HTTP/1.1\r\n" + wire.host() + "\r\n\r\n";

        assertThat(drip(first + "GET /api/he")).containsOnlyOnce("HTTP/1.1");
    }

    @Test
    void a_body_that_never_ends_is_ended() throws IOException {
        String head =
                String.join(
                        "\r\n",
                        "POST /api/commands HTTP/1.1",
                        wire.host(),
                        wire.bearer(),
                        "Content-Type: application/json",
                        "Content-Length: " + MOST,
                        "",
                        "{\"");

        assertThat(drip(head)).startsWith("HTTP/1.1 408");
    }

    @Test
    void a_stream_lasts_longer_than_its_request_took() throws IOException {
        HttpRequest stream =
                rig.request("/api/events").header("Accept", "text/event-stream").build();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(rig.stream(stream).body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith(":");
            assertThat(drip("GET /")).isEmpty(); // as long as a request may take, and longer

            rig.send(Commands.project(1));

            assertThat(lines.lines().anyMatch("event: ProjectCreated"::equals)).isTrue();
        }
    }

    @Test
    void who_opens_connections_and_says_nothing_keeps_nobody_out() throws IOException {
        ServerSettings patient =
                ServerSettings.USUAL
                        .withConnections(40)
                        .withBounds(MOST, 2, LONG)
                        .withArrival(LONG);
        List<Socket> silent = new ArrayList<>();
        try (var crowded = new ServerRig(folder.resolve("crowded"), patient)) {
            for (int i = 0; i < 200; i++) {
                silent.add(Wire.of(crowded).open());
            }
            // Three in four connections may be silent.
            Waiting.until(
                    "30 are left",
                    () -> silent.stream().filter(ArrivalsTest::isOpen).count() <= 30);
            HttpRequest request =
                    crowded.request("/api/overview").timeout(LONG.dividedBy(2)).build();

            assertThat(crowded.answer(request).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static boolean isOpen(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silence) {
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    @Test
    void who_has_sent_too_much_hears_why() throws IOException {
        assertThat(wire.post("x".repeat(3 * MOST), "Content-Type: application/json"))
                .startsWith("HTTP/1.1 413");
    }
}
