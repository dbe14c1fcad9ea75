package dev.stele.app.web;

import dev.stele.app.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The server as people start it: a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final URI entrance;

    private ServerProcess(Process process, URI entrance) {
        this.process = process;
        this.entrance = entrance;
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it on a home; it listens when this returns. */
    static ServerProcess start(Path home, int port) throws IOException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName(),
                                        "--home",
                                        home.toString(),
                                        "serve",
                                        "--port",
                                        Integer.toString(port)))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith("http")) {
            line = output.readLine();
        }
        return new ServerProcess(process, URI.create(Objects.requireNonNull(line)));
    }

    URI entrance() {
        return entrance;
    }

    /** Kills it as the system would: it has no time for a farewell. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops it as the system does that is shut down: it says good-bye to all who are connected. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
