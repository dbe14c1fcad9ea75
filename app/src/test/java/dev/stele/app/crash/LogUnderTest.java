package dev.stele.app.crash;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.stele.app.engine.Engine;
import dev.stele.app.engine.EngineSettings;
import dev.stele.app.engine.ReplayListener;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.persistence.PersistenceConfig;
import dev.stele.persistence.PersistenceModule;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A log in a file, opened as Stele does. */
record LogUnderTest(EventStore store, Codec codec, LogAdministration administration) {

    static LogUnderTest at(Path file) {
        Injector injector =
                Guice.createInjector(new PersistenceModule(PersistenceConfig.writing(file)));
        return new LogUnderTest(
                injector.getInstance(EventStore.class),
                injector.getInstance(Codec.class),
                injector.getInstance(LogAdministration.class));
    }

    /** An engine at work on it, which closes it. */
    Engine open() {
        return Engine.open(
                new Engine.Parts(store, codec, List::of, InstantSource.system(), List.of()),
                EngineSettings.USUAL,
                ReplayListener.SILENT);
    }
}
