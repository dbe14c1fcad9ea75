package dev.stele.app.failover;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.NodeRole;
import dev.stele.app.engine.ReplayListener;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.persistence.PersistenceConfig.Access;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.PostgresConfig.Address;
import dev.stele.persistence.PostgresModule;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that is one node of a log in PostgreSQL, with callers of its own. It prints a line for
 * every promise and for every change of what it is, and does what it is told on its input.
 */
final class FailoverNode {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private FailoverNode() {}

    /**
     * Works until it is told to quit.
     *
     * @param arguments the log's address, the node's name, the length of a lease in milliseconds,
     *     and how many callers it has
     */
    public static void main(String... arguments) throws IOException {
        String node = arguments[1];
        var config =
                new PostgresConfig(
                        Address.parse(arguments[0]),
                        Access.READ_WRITE,
                        PostgresConfig.DEFAULT_MAX_EVENT_BYTES,
                        node,
                        Duration.ofMillis(Long.parseLong(arguments[2])),
                        null);
        Injector injector = Guice.createInjector(new PostgresModule(config));
        Codec codec = injector.getInstance(Codec.class);
        try (Engine engine =
                Engine.open(
                        new Engine.Parts(
                                injector.getInstance(EventStore.class),
                                codec,
                                List::of,
                                InstantSource.system(),
                                List.of()),
                        EngineSettings.USUAL,
                        ReplayListener.SILENT)) {
            Thread.ofPlatform().daemon().start(() -> tellRoles(engine));
            var callers = new Callers(engine, node, kept -> say(kept.line()));
            obey(engine, codec, callers.start(Integer.parseInt(arguments[3])));
        }
    }

    private static void say(String line) {
        OUT.println(line);
    }

    private static void tellRoles(Engine engine) {
        String last = "";
        while (true) {
            String now =
                    switch (engine.role()) {
                        case NodeRole.Writing(_, var token) -> "writes " + token;
                        case NodeRole.Following _, NodeRole.Alone _ -> "follows";
                    };
            if (!now.equals(last)) {
                say(now);
                last = now;
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static void obey(Engine engine, Codec codec, Callers callers) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "pause" -> {
                    callers.stop();
                    say("paused");
                }
                case "model" -> say(describe(engine.model(), codec));
                default -> throw new IOException("nobody knows what '" + line + "' means");
            }
        }
        callers.stop();
    }

    /** The place of a model and the hash of all of it, as a line. */
    static String describe(OrchestrationReadModel model, Codec codec) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(codec.encode(model));
            return "model " + model.sequence() + " " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
