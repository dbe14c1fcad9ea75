package dev.stele.app.bench;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.ReplayListener;
import dev.stele.app.support.Commands;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.DispatchResult.Accepted;
import dev.stele.domain.port.EventStore;
import dev.stele.persistence.PersistenceConfig;
import dev.stele.persistence.PersistenceModule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** An engine on its real store, with one project, and a thread whose agent speaks. */
final class DurableEngine {
    private DurableEngine() {}

    static Engine open(Path file, Duration slower) {
        Injector injector =
                Guice.createInjector(new PersistenceModule(PersistenceConfig.writing(file)));
        Engine engine =
                Engine.open(
                        new Engine.Parts(
                                new SlowStore(injector.getInstance(EventStore.class), slower),
                                injector.getInstance(Codec.class),
                                List::of,
                                InstantSource.system(),
                                List.of()),
                        EngineSettings.USUAL,
                        ReplayListener.SILENT);
        dispatch(engine, Commands.as("0-project", Commands.project(1)));
        dispatch(engine, Commands.as("0-thread", Commands.thread(1)));
        dispatch(engine, Commands.as("0-turn", Commands.turn(1)));
        return engine;
    }

    /** Sends a command and waits until it is durable. */
    static void dispatch(Engine engine, CommandEnvelope command) {
        requireAccepted(engine.dispatch(command).join());
    }

    static void requireAccepted(DispatchResult answer) {
        if (!(answer instanceof Accepted)) {
            throw new IllegalStateException(answer.toString());
        }
    }
}
