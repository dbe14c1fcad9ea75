package dev.stele.app.cli;

import dev.stele.app.ProjectDirectory;
import dev.stele.app.Stele;
import dev.stele.app.config.ServerNotice;
import dev.stele.app.config.ServerWait;
import dev.stele.app.config.SteleHome;
import dev.stele.app.server.ProgressBoard;
import dev.stele.app.server.ServerSettings;
import dev.stele.app.server.SteleServer;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stele serve}: the home over HTTP, for the browser and for programs. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Serves a page for the browser, and an API for programs, on this machine alone.",
            "Prints the address with a token that lets in; it is in the file server.token of the"
                    + " data directory, too, which only you can read. Ctrl-C ends it, and turns at"
                    + " work with it.",
            "While it runs, all other commands work through it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it was ended",
            "2:it cannot listen there, or may not",
            "4:the log cannot be used; another process may have it open"
        })
final class ServeCommand implements Callable<Integer> {

    private static final Duration FAREWELL = Duration.ofSeconds(20);

    /** The environment variable with the password of the certificate. */
    private static final String PASSWORD = "STELE_TLS_PASSWORD";

    @ParentCommand private @Nullable SteleCommand parent;
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + ServerSettings.PORT,
            description = "The port; ${DEFAULT-VALUE} unless told, 0 takes one that is free.")
    private int port;

    @Option(names = "--open", description = "Opens the page in the browser.")
    private boolean open;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "127.0.0.1",
            description = {
                "The name or address of this machine to listen on, by which clients ask for it."
                        + " Any but this machine's own 127.0.0.1 needs --tls."
            })
    private String host = "127.0.0.1";

    @Option(
            names = "--tls",
            paramLabel = "FILE",
            description = {
                "A certificate and its key in a PKCS #12 file; its password is in the environment"
                        + " variable "
                        + PASSWORD
                        + "."
            })
    private @Nullable Path keyStore;

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand command = Objects.requireNonNull(parent);
        ServerSettings settings = settings();
        Console console = command.console();
        var progress = new ProgressBoard();
        Stele.Builder builder =
                command.builder()
                        .attach(false)
                        .startQueued(true)
                        .onProgress(progress)
                        .onReplay(new ReplayProgress(console));
        SteleHome home = command.home().create();
        ServerWait opening = ServerWait.announce(home);
        try (opening;
                Stele stele = opened(builder, home)) {
            var parts =
                    new SteleServer.Parts(stele, builder.agentDirectory(), builder.administration())
                            .telling(progress)
                            .offering(repositoryHere());
            SteleServer server = SteleServer.open(parts, settings);
            opening.close();
            serve(server, stele, console);
        }
        return ExitCode.OK.code();
    }

    /** Who asks for a second server is told of the first. */
    private static Stele opened(Stele.Builder builder, SteleHome home) {
        try {
            return builder.open();
        } catch (StoreException.Locked held) {
            ServerNotice running = ServerNotice.read(home);
            throw running == null || !running.isOfALivingProcess()
                    ? held
                    : new StoreException.Locked(
                            "Process %d serves this home already: %s"
                                    .formatted(running.pid(), running.entrance()));
        }
    }

    /** Where the command was given, when that is in a repository. */
    private static @Nullable Path repositoryHere() {
        Path here = Path.of(ProjectDirectory.resolve(Path.of("")));
        Path around = here;
        while (around != null && !Files.exists(around.resolve(".git"))) {
            around = around.getParent();
        }
        return around == null ? null : here;
    }

    private ServerSettings settings() {
        String password = System.getenv(PASSWORD);
        if (keyStore != null && password == null) {
            throw usage("Put the password of " + keyStore + " into " + PASSWORD + ".");
        }
        if (host.isBlank()) {
            throw usage("--host is a name or an address of this machine.");
        }
        ServerSettings.Tls tls =
                keyStore == null || password == null
                        ? null
                        : new ServerSettings.Tls(keyStore.toAbsolutePath(), password);
        try {
            return ServerSettings.USUAL.on(host, tls).withPort(port);
        } catch (IllegalArgumentException e) {
            throw usage("--port is 0 to 65535.");
        }
    }

    private ParameterException usage(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }

    /** Until the process is told to end. */
    private void serve(SteleServer server, Stele stele, Console console)
            throws InterruptedException {
        var end = new CountDownLatch(1);
        try (server;
                var _ = new Farewell(() -> leave(server, stele, console, end))) {
            console.line(server.entrance().toString());
            console.note(
                    "Stele serves "
                            + SafeText.line(stele.home().root().toString(), 500)
                            + ". Ctrl-C ends it.");
            if (stele.home().isOpenToOthers()) {
                console.note(
                        "Other users of this machine can look into that directory: chmod 700 it.");
            }
            if (open && !Programs.open(server.entrance())) {
                console.note("No browser could be started; open the address yourself.");
            }
            end.await();
        }
    }

    private static void leave(
            SteleServer server, Stele stele, Console console, CountDownLatch end) {
        console.note("ending … Ctrl-C again leaves at once");
        try (var _ = ServerWait.announce(stele.home());
                stele) {
            server.close();
            interruptTurns(stele);
        } finally {
            end.countDown();
        }
    }

    /** The log tells that they were ended, and not that they broke off. */
    private static void interruptTurns(Stele stele) {
        for (Turn turn : stele.model().turns().live().values()) {
            stele.dispatch(new InterruptTurn(turn.threadId(), Instant.now())).join();
        }
        try {
            stele.drain(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
