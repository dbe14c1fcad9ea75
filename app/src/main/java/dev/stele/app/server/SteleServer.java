package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.app.config.ServerNotice;
import dev.stele.app.config.ServerToken;
import dev.stele.app.error.SteleException;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.LogAdministration;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves an open Stele over HTTP: commands in, the model and the facts out, and the page.
 * Thread-safe. It closes nothing but itself.
 */
public final class SteleServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SteleServer.class);
    private static final int PLATFORM_THREADS = 8;

    private final Parts parts;
    private final Server server;
    private final EventHub hub;
    private final ServerToken token;
    private final Entry entry;
    private final URI shown;
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
        server.setStopTimeout(settings.farewell().toMillis());
        this.entry = Entry.open(server, settings);
        this.shown = entry.shown(settings.host());
        this.routes = routes(metrics);
        var gate = new Gate(token, address(), entry.names(settings.host()));
        var dispatcher =
                new Dispatcher(
                        routes, gate, entry.arrivals(), parts.stele().codec(), metrics, settings);
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
            opened.entry.warnings(settings.host()).forEach(LOG::warn);
            opened.notice().write(parts.stele().home());
            return opened;
        } catch (Exception e) { // Jetty declares no less
            opened.close();
            throw e instanceof SteleException known ? known : Entry.cannot(settings, e);
        }
    }

    private static void requireSafe(ServerSettings settings) {
        if (settings.tls() == null && !Entry.isLoopback(settings.host())) {
            throw new SteleException.InvalidConfiguration(
                    "Others could read along at "
                            + settings.host()
                            + ", and take the token: give a certificate with --tls, or listen on"
                            + " 127.0.0.1.",
                    null);
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
        return ServerNotice.ofThisProcess(address(), token, entry.fingerprint());
    }

    /** All that can be asked for. */
    List<Route> routes() {
        return routes;
    }

    /** {@return where it listens} */
    public URI address() {
        return entry.address();
    }

    /** {@return where a browser is let in: the address with the token} */
    public URI entrance() {
        return shown.resolve("/?token=" + token.value());
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
            LOG.warn("The server did not end in order; what is in the log stays so", e);
        }
    }
}
