package dev.stele.app.support;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.NodeRole;
import dev.stele.app.engine.ReplayListener;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.PostgresConfig.Address;
import dev.stele.persistence.PostgresModule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Engines on a log in PostgreSQL, one for each node. */
public final class SharedEngine {
    /** The machine may be so busy that nothing is renewed for a while. */
    private static final Duration LONG_LEASE = Duration.ofMinutes(1);

    private SharedEngine() {}

    /**
     * A node, which may write or follow.
     *
     * @param address of the log
     * @param node its name
     * @param snapshots the folder where it keeps its model; null for none
     */
    public static Engine open(String address, String node, @Nullable Path snapshots) {
        PostgresConfig config =
                PostgresConfig.writing(Address.parse(address), node, snapshots)
                        .withLease(LONG_LEASE);
        Injector injector = Guice.createInjector(new PostgresModule(config));
        return Engine.open(
                new Engine.Parts(
                        injector.getInstance(EventStore.class),
                        injector.getInstance(Codec.class),
                        List::of,
                        InstantSource.system(),
                        List.of()),
                EngineSettings.USUAL,
                ReplayListener.SILENT);
    }

    /**
     * The node that writes.
     *
     * @param address of the log
     * @param snapshots the folder where it keeps its model; null for none
     */
    public static Engine openToWrite(String address, @Nullable Path snapshots) {
        Engine engine = open(address, "writer", snapshots);
        Waiting.until("it writes", () -> engine.role() instanceof NodeRole.Writing);
        return engine;
    }
}
