package dev.stele.app.server;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, and its bounds.
 *
 * @param host the name or address that it listens on
 * @param port the port; 0 takes one that is free
 * @param tls the certificate; null for none, which is allowed on this machine's own addresses alone
 * @param bodyBytes how long a request's body may be, in bytes
 * @param connections how many connections there may be at once; more wait to be accepted, and where
 *     three of four are without a request, the one that has been so longest makes room
 * @param streams how many streams of events there may be at once
 * @param idle how long a connection may be silent, or a client may take nothing of what it is sent
 * @param arrival how long a request may take to arrive, its body as long once more
 * @param farewell how long requests may take to end when the server is closed
 */
public record ServerSettings(
        String host,
        int port,
        @Nullable Tls tls,
        int bodyBytes,
        int connections,
        int streams,
        Duration idle,
        Duration arrival,
        Duration farewell) {

    /** The usual port. */
    public static final int PORT = 7835;

    /** On this machine alone, at the usual port. */
    public static final ServerSettings USUAL =
            new ServerSettings(
                    "127.0.0.1",
                    PORT,
                    null,
                    16 * 1024 * 1024,
                    2_048,
                    1_024,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10));

    /** Checks the bounds: {@link IllegalArgumentException} when one makes no sense. */
    public ServerSettings {
        if (port < 0 || port > 65_535 || bodyBytes < 1 || connections < 1 || streams < 0) {
            throw new IllegalArgumentException(
                    "a port is 0 to 65535, and bounds are positive, not "
                            + port
                            + ", "
                            + bodyBytes
                            + ", "
                            + connections
                            + ", "
                            + streams);
        }
        if (!idle.isPositive() || !arrival.isPositive() || farewell.isNegative()) {
            throw new IllegalArgumentException("times are positive");
        }
    }

    /**
     * A certificate and its key.
     *
     * @param keyStore a file of the kind PKCS #12
     * @param password opens it
     */
    public record Tls(Path keyStore, String password) {
        @Override
        public String toString() {
            return "Tls[" + keyStore + "]"; // the password belongs into no log file
        }
    }

    /**
     * {@return the same on another port}
     *
     * @param newPort the port; 0 takes one that is free
     */
    public ServerSettings withPort(int newPort) {
        return new ServerSettings(
                host, newPort, tls, bodyBytes, connections, streams, idle, arrival, farewell);
    }

    /**
     * {@return the same on another address}
     *
     * @param newHost the name or address
     * @param newTls the certificate, or null
     */
    public ServerSettings on(String newHost, @Nullable Tls newTls) {
        return new ServerSettings(
                newHost, port, newTls, bodyBytes, connections, streams, idle, arrival, farewell);
    }

    /**
     * {@return the same with other bounds}
     *
     * @param newBodyBytes how long a body may be
     * @param newStreams how many streams there may be
     * @param newIdle how long a connection may be silent
     */
    public ServerSettings withBounds(int newBodyBytes, int newStreams, Duration newIdle) {
        return new ServerSettings(
                host, port, tls, newBodyBytes, connections, newStreams, newIdle, arrival, farewell);
    }

    /**
     * {@return the same with another bound on connections}
     *
     * @param newConnections how many there may be at once
     */
    public ServerSettings withConnections(int newConnections) {
        return new ServerSettings(
                host, port, tls, bodyBytes, newConnections, streams, idle, arrival, farewell);
    }

    /**
     * {@return the same with another bound on how long requests take to arrive}
     *
     * @param newArrival how long
     */
    public ServerSettings withArrival(Duration newArrival) {
        return new ServerSettings(
                host, port, tls, bodyBytes, connections, streams, idle, newArrival, farewell);
    }
}
