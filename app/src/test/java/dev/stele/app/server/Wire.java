package dev.stele.app.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests as bytes, since a client of Java would not send such. */
record Wire(int port, String token) {

    static Wire of(ServerRig rig) {
        return new Wire(rig.server.address().getPort(), rig.token);
    }

    String host() {
        return "Host: 127.0.0.1:" + port;
    }

    String bearer() {
        return "Authorization: Bearer " + token;
    }

    Socket open() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends lines, and reads all until the server ends the connection. */
    String send(String... lines) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream()
                    .write(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A request without a body. */
    String ask(String method, String path, String... headers) throws IOException {
        return send(
                method + " " + path + " HTTP/1.1",
                String.join("\r\n", headers),
                "Connection: close",
                "",
                "");
    }

    /** A command, with more headers. */
    String post(String body, String... headers) throws IOException {
        return send(
                "POST /api/commands HTTP/1.1",
                host(),
                bearer(),
                String.join("\r\n", headers),
                "Content-Length: " + body.length(),
                "Connection: close",
                "",
                body);
    }
}
