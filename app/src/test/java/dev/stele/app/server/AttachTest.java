package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.Stele;
import dev.stele.app.config.ServerNotice;
import dev.stele.app.config.ServerWait;
import dev.stele.app.config.SteleHome;
import dev.stele.app.config.Version;
import dev.stele.app.support.Commands;
import dev.stele.app.support.Waiting;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes that are opened while a server holds them, or something else does. */
class AttachTest {
    private final ServerRig rig;
    private final SteleHome home;

    AttachTest(@TempDir Path folder) {
        this.rig = new ServerRig(folder);
        this.home = rig.stele.home();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Stele.Builder attaching() {
        return Stele.builder().home(home).attach(true);
    }

    private void tell(URI address) {
        ServerNotice.ofThisProcess(address, notice().token(), null).write(home);
    }

    private ServerNotice notice() {
        return Objects.requireNonNull(ServerNotice.read(home));
    }

    @Test
    void two_at_once_work_through_one_server() {
        try (Stele one = attaching().open();
                Stele other = attaching().open()) {
            one.execute(Commands.project(1));
            other.execute(Commands.thread(1));

            assertThat(rig.stele.model().threads().size()).isEqualTo(1);
            Waiting.until("what the other did", () -> one.model().threads().size() == 1);
        }
    }

    @Test
    void the_agents_are_those_that_the_server_can_start() throws Exception {
        AgentDirectory through = attaching().agentDirectory();
        AgentDirectory servers = rig.agents();

        assertThat(through.known()).isNotEmpty().isEqualTo(servers.known());
        for (AgentDirectory.Listing agent : servers.known()) {
            assertThat(through.ask(agent.name())).isEqualTo(servers.ask(agent.name()));
        }
        assertThat(attaching().attach(false).agentDirectory().known())
                .isNotEqualTo(servers.known());
    }

    @Test
    void a_server_that_is_still_reading_its_log_is_waited_for() throws Exception {
        ServerNotice known = notice();
        known.remove(home);
        var waits = new CountDownLatch(1);
        CompletableFuture<Stele> attached;
        try (var _ = ServerWait.announce(home)) {
            attached =
                    CompletableFuture.supplyAsync(
                            () -> attaching().onWait(waits::countDown).open(),
                            Thread::startVirtualThread);
            waits.await();
            assertThat(attached).isNotDone();
            known.write(home);
        }

        try (Stele stele = attached.join()) {
            stele.execute(Commands.project(1));
        }
        assertThat(rig.stele.model().projects().size()).isEqualTo(1);
    }

    @Test
    void what_a_dead_process_said_of_waiting_counts_for_nothing() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path file = home.root().resolve("server.wait");
        for (String left :
                new String[] {
                    gone.pid() + " 2026-01-01T00:00:00Z",
                    ProcessHandle.current().pid()
                            + " 2026-01-01T00:00:00Z", // another of its number
                    "",
                    "x y"
                }) {
            Files.writeString(file, left);

            assertThat(ServerWait.isUnderWay(home)).as(left).isFalse();
        }
    }

    @Test
    void only_who_said_that_others_wait_takes_it_back() {
        try (var _ = ServerWait.announce(home)) {
            try (var _ = ServerWait.announce(home)) {
                assertThat(ServerWait.isUnderWay(home)).isTrue();
            }
            assertThat(ServerWait.isUnderWay(home)).isTrue();
        }
        assertThat(ServerWait.isUnderWay(home)).isFalse();
    }

    @Test
    void a_home_that_something_else_holds_is_refused_at_once() throws IOException {
        URI dead;
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = URI.create("http://127.0.0.1:" + nobody.getLocalPort());
        }
        tell(dead);

        assertThatThrownBy(() -> attaching().open())
                .isInstanceOf(StoreException.Locked.class)
                .hasMessageContaining("has a writer already");
    }

    @Test
    void a_server_that_does_not_answer_is_waited_for_and_named() throws IOException {
        var waits = new AtomicInteger();
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            tell(URI.create("http://127.0.0.1:" + silent.getLocalPort()));

            assertThatThrownBy(() -> attaching().onWait(waits::incrementAndGet).open())
                    .isInstanceOf(StoreException.Locked.class)
                    .hasMessageContaining("has not answered")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        assertThat(waits).hasValue(1);
    }

    @Test
    void another_program_in_the_servers_place_learns_no_token() throws Exception {
        try (var other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            tell(URI.create("http://127.0.0.1:" + other.getLocalPort()));
            var heard = new CompletableFuture<String>();
            Thread.startVirtualThread(() -> heard.complete(answered(other, "{}")));

            assertThatThrownBy(() -> attaching().open())
                    .isInstanceOf(StoreException.Locked.class)
                    .hasMessageContaining("has a writer already");
            assertThat(heard.join()).contains("/api/health").doesNotContain(rig.token);
        }
    }

    @Test
    void a_server_of_another_version_is_not_worked_through() throws Exception {
        try (var other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            tell(URI.create("http://127.0.0.1:" + other.getLocalPort()));
            Thread.startVirtualThread(() -> answered(other, "{\"version\":\"0.0.1\",PROOF}"));

            assertThatThrownBy(() -> attaching().open())
                    .isInstanceOf(StoreException.Locked.class)
                    .hasMessageContaining("is Stele 0.0.1, and this is Stele " + Version.TEXT);
        }
    }

    /** Answers one request; what it was. */
    private String answered(ServerSocket server, String body) {
        try (var socket = server.accept()) {
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) socket.getInputStream().read());
            }
            String nonce = head.toString().replaceAll("(?s).*nonce=(\\w+) .*", "$1");
            String proof = "\"proof\":\"" + notice().token().proof(nonce) + '"';
            String answer = body.replace("PROOF", proof);
            socket.getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(answer.length(), answer)
                                    .getBytes(StandardCharsets.US_ASCII));
            return head.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
