package dev.stele.app.server;

import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param address for clients
 * @param arrivals ends connections on which nothing comes about
 * @param certificate is shown to clients; null without TLS
 */
record Entry(URI address, Arrivals arrivals, @Nullable Certificate certificate) {
    private static final int HEADER_BYTES = 16 * 1024;

    /** So many may wait to be accepted: pages and programs come back all at once. */
    private static final int BACKLOG = 512;

    /** Listens, and answers once the server is started. */
    static Entry open(Server server, ServerSettings settings) {
        ServerSettings.Tls tls = settings.tls();
        Certificate certificate = tls == null ? null : Certificate.read(tls);
        var connector = new ServerConnector(server, 0, 1, factories(certificate));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.setAcceptQueueSize(BACKLOG);
        var arrivals =
                new Arrivals(connector.getScheduler(), settings.arrival(), mostWaiting(settings));
        connector.addBean(arrivals);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.connections(), connector));
        return new Entry(opened(connector, settings), arrivals, certificate);
    }

    private static ConnectionFactory[] factories(@Nullable Certificate certificate) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setUriCompliance(UriCompliance.UNAMBIGUOUS);
        // Which names the server is called by the gate knows better than the certificate.
        http.addCustomizer(new SecureRequestCustomizer(false));
        var plain = new HttpConnectionFactory(http);
        return certificate == null
                ? new ConnectionFactory[] {plain}
                : new ConnectionFactory[] {
                    new SslConnectionFactory(certificate.shown(), plain.getProtocol()), plain
                };
    }

    /** A part is left to those whose requests are being answered. */
    private static int mostWaiting(ServerSettings settings) {
        return Math.max(1, settings.connections() * 3 / 4);
    }

    private static URI opened(ServerConnector connector, ServerSettings settings) {
        try {
            connector.open();
        } catch (IOException e) {
            throw cannot(settings, e);
        }
        String scheme = settings.tls() == null ? "http" : "https";
        String name = isEverywhere(settings.host()) ? "127.0.0.1" : settings.host();
        return at(scheme, name, connector.getLocalPort());
    }

    private static URI at(String scheme, String name, int port) {
        return URI.create(
                "%s://%s:%d".formatted(scheme, name.contains(":") ? "[" + name + "]" : name, port));
    }

    private static boolean isEverywhere(String host) {
        return isOf(host, InetAddress::isAnyLocalAddress);
    }

    /** Whether a name is that of this machine, for itself alone. */
    static boolean isLoopback(String host) {
        return isOf(host, InetAddress::isLoopbackAddress);
    }

    private static boolean isOf(String host, Predicate<InetAddress> kind) {
        try {
            return kind.test(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            throw new SteleException.InvalidConfiguration(
                    "Nobody knows the address of " + host + "; name another one.", e);
        }
    }

    /**
     * What it may be called by: the name that it was told, those in its certificate, and, where it
     * listens there, those of this machine.
     */
    Set<String> names(String host) {
        var names = new HashSet<>(certified());
        names.add(host);
        if (isLoopback(host) || isEverywhere(host)) {
            names.addAll(Set.of("127.0.0.1", "localhost", "::1"));
        }
        return names;
    }

    /** For people: by its certificate's name, when it listens at all addresses. */
    URI shown(String host) {
        List<String> certified = certified();
        return isEverywhere(host) && !certified.isEmpty()
                ? at(address.getScheme(), certified.getFirst(), address.getPort())
                : address;
    }

    private List<String> certified() {
        return certificate == null ? List.of() : certificate.names();
    }

    /** What clients will not like, in sentences for people. */
    List<String> warnings(String host) {
        String name = Objects.requireNonNullElse(shown(host).getHost(), host);
        return certificate == null ? List.of() : certificate.warnings(name, Instant.now());
    }

    /** What is said when it cannot listen. */
    static SteleException cannot(ServerSettings settings, Exception cause) {
        return new SteleException.InvalidConfiguration(
                "Stele cannot listen on %s, port %d (%s); --port takes another one."
                        .formatted(settings.host(), settings.port(), Problem.reason(cause)),
                cause);
    }

    /**
     * The SHA-256 of the certificate that clients see; null without TLS, and where there are
     * several to choose from.
     */
    @Nullable String fingerprint() {
        return certificate == null ? null : certificate.fingerprint();
    }
}
