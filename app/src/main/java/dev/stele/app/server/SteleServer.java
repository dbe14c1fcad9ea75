package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.app.config.ServerNotice;
import dev.stele.app.config.ServerToken;
import dev.stele.app.error.SteleException;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.LogAdministration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Serves an open Stele over HTTP: commands in, the model and the facts out, and the page.
 * Thread-safe. It closes nothing but itself.
 */
public final class SteleServer implements AutoCloseable {
    private static final int PLATFORM_THREADS = 8;
    private static final int HEADER_BYTES = 16 * 1024;

    private final Parts parts;
    private final Server server;
    private final EventHub hub;
    private final ServerToken token;
    private final URI address;
    private final List<Route> routes;

    /**
     * What is served.
     *
     * @param stele the open home
     * @param agents which agents there are
     * @param log the care of its log
     * @param progress hears how far its operations are
     * @param directory the directory that the page offers for a new project, or null for none
     */
    public record Parts(
            Stele stele,
            AgentDirectory agents,
            LogAdministration log,
            ProgressBoard progress,
            @Nullable Path directory) {

        /**
         * The same where nobody tells how far operations are, and no directory is offered.
         *
         * @param stele the open home
         * @param agents which agents there are
         * @param log the care of its log
         */
        public Parts(Stele stele, AgentDirectory agents, LogAdministration log) {
            this(stele, agents, log, new ProgressBoard(), null);
        }

        /**
         * {@return the same, where a board is told how far operations are}
         *
         * @param board hears it
         */
        public Parts telling(ProgressBoard board) {
            return new Parts(stele, agents, log, board, directory);
        }

        /**
         * {@return the same, and a directory is offered for a new project}
         *
         * @param offered by its real path
         */
        public Parts offering(@Nullable Path offered) {
            return new Parts(stele, agents, log, progress, offered);
        }
    }

    private SteleServer(Parts parts, ServerSettings settings) {
        this.parts = parts;
        this.token = ServerToken.of(parts.stele().home());
        var metrics = new Metrics();
        this.hub = new EventHub(parts.stele(), metrics);
        this.server = new Server(threads());
        ServerConnector connector = connector(settings);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.connections(), connector));
        server.setStopTimeout(settings.farewell().toMillis());
        this.address = open(connector, settings);
        this.routes = routes(metrics);
        var gate = new Gate(token, address, names(settings.host()));
        var dispatcher = new Dispatcher(routes, gate, parts.stele().codec(), metrics, settings);
        server.setHandler(new GracefulHandler(dispatcher));
        server.setErrorHandler(new ErrorAnswers(parts.stele().codec()));
    }

    /**
     * {@return a server that listens}
     *
     * @param parts what is served
     * @param settings where it listens, and its bounds
     * @throws SteleException.InvalidConfiguration when it cannot listen there, or may not
     */
    public static SteleServer open(Parts parts, ServerSettings settings) {
        requireSafe(settings);
        var opened = new SteleServer(parts, settings);
        try {
            opened.server.start();
            opened.notice().write(parts.stele().home());
            return opened;
        } catch (Exception e) { // Jetty declares no less
            opened.close();
            throw e instanceof SteleException known ? known : cannot(settings, e);
        }
    }

    private static void requireSafe(ServerSettings settings) {
        if (settings.tls() == null && !isLoopback(settings.host())) {
            throw new SteleException.InvalidConfiguration(
                    "Others could read along at "
                            + settings.host()
                            + ", and take the token: give a certificate with --tls, or listen on"
                            + " 127.0.0.1.",
                    null);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SteleException.InvalidConfiguration(
                    "Nobody knows the address of " + host + "; name another one.", e);
        }
    }

    private static QueuedThreadPool threads() {
        var pool = new QueuedThreadPool(PLATFORM_THREADS, 2);
        pool.setName("stele-http");
        pool.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("stele-http-", 0).factory()));
        return pool;
    }

    private ServerConnector connector(ServerSettings settings) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setUriCompliance(UriCompliance.UNAMBIGUOUS);
        ServerConnector connector =
                new ServerConnector(server, 0, 1, factories(http, settings.tls()));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idle().toMillis());
        return connector;
    }

    private static ConnectionFactory[] factories(
            HttpConfiguration http, ServerSettings.@Nullable Tls tls) {
        var plain = new HttpConnectionFactory(http);
        if (tls == null) {
            return new ConnectionFactory[] {plain};
        }
        var certificate = new SslContextFactory.Server();
        certificate.setKeyStorePath(tls.keyStore().toString());
        certificate.setKeyStorePassword(tls.password());
        return new ConnectionFactory[] {
            new SslConnectionFactory(certificate, plain.getProtocol()), plain
        };
    }

    private static URI open(ServerConnector connector, ServerSettings settings) {
        try {
            connector.open();
        } catch (IOException e) {
            throw cannot(settings, e);
        }
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        String scheme = settings.tls() == null ? "http" : "https";
        return URI.create(scheme + "://" + host + ":" + connector.getLocalPort());
    }

    private static SteleException cannot(ServerSettings settings, Exception cause) {
        return new SteleException.InvalidConfiguration(
                "Stele cannot listen on %s, port %d (%s); --port takes another one."
                        .formatted(settings.host(), settings.port(), cause.getMessage()),
                cause);
    }

    private static Set<String> names(String host) {
        var names = new HashSet<>(Set.of(host));
        if (isLoopback(host)) {
            names.addAll(Set.of("127.0.0.1", "localhost", "::1"));
        }
        return names;
    }

    private List<Route> routes(Metrics metrics) {
        Stele stele = parts.stele();
        var states = new States(stele);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new CommandRoutes(stele, metrics).routes());
        routes.addAll(new ModelRoutes(stele, states, parts.directory()).routes());
        routes.addAll(new AgentRoutes(stele.codec(), parts.agents()).routes());
        routes.addAll(new TranscriptRoutes(stele, states).routes());
        routes.addAll(new ChangeRoutes(stele).routes());
        routes.addAll(new RepositoryRoutes(stele, parts.progress()).routes());
        routes.addAll(new WorktreeRoutes(stele).routes());
        routes.addAll(new AnswerRoutes(stele).routes());
        routes.addAll(new EventRoutes(stele, hub, metrics).routes());
        routes.addAll(new LogRoutes(stele, parts.log()).routes());
        routes.addAll(new ServerRoutes(stele, metrics, hub, token).routes());
        return routes;
    }

    private ServerNotice notice() {
        return ServerNotice.ofThisProcess(address, token);
    }

    /** All that can be asked for. */
    List<Route> routes() {
        return routes;
    }

    /** {@return where it listens} */
    public URI address() {
        return address;
    }

    /** {@return where a browser is let in: the address with the token} */
    public URI entrance() {
        return address.resolve("/?token=" + token.value());
    }

    /**
     * Ends it in order: nothing new is taken, streams end, and requests that are being answered
     * have a few seconds. Repeats do nothing.
     */
    @Override
    public void close() {
        notice().remove(parts.stele().home());
        hub.close();
        try {
            server.stop();
        } catch (Exception e) { // Jetty declares no less
            throw new IllegalStateException("The server did not stop in order", e);
        }
    }
}
