package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.server.ServerSettings;
import dev.stele.app.server.SteleServer;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code stele serve}: the home over HTTP, for the browser and for programs. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Serves a page for the browser, and an API for programs, on this machine alone.",
            "Prints the address with a token that lets in; it is in the file server.json of the"
                    + " data directory, too, which only you can read. Ctrl-C ends it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it was ended",
            "2:it cannot listen there, or may not",
            "4:the log cannot be used; another process may have it open"
        })
final class ServeCommand implements Callable<Integer> {

    @ParentCommand private @Nullable SteleCommand parent;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + ServerSettings.PORT,
            description = "The port; ${DEFAULT-VALUE} unless told, 0 takes one that is free.")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand command = Objects.requireNonNull(parent);
        Console console = command.console();
        Stele.Builder builder =
                command.builder().startQueued(true).onReplay(new ReplayProgress(console));
        ServerSettings settings = ServerSettings.USUAL.withPort(port);
        try (Stele stele = builder.open()) {
            var parts =
                    new SteleServer.Parts(
                            stele, builder.agentDirectory(), builder.administration());
            serve(SteleServer.open(parts, settings), stele, console);
        }
        return ExitCode.OK.code();
    }

    /** Until the process is told to end. */
    private static void serve(SteleServer server, Stele stele, Console console)
            throws InterruptedException {
        var end = new CountDownLatch(1);
        try (server;
                var _ = new Farewell(() -> leave(server, stele, console, end))) {
            console.line(server.entrance().toString());
            console.note("Stele serves " + SafeText.line(stele.home().root().toString(), 500));
            end.await();
        }
    }

    private static void leave(
            SteleServer server, Stele stele, Console console, CountDownLatch end) {
        console.note("ending …");
        server.close();
        stele.close();
        end.countDown();
    }
}
