package dev.stele.app.embedding;

// region store-module
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import java.nio.file.Path;

/** Keeps the log in a text file. */
public final class JournalModule extends AbstractModule {
    private final Path file;

    public JournalModule(Path file) {
        this.file = file;
    }

    @Provides
    @Singleton
    EventStore store(Codec codec) {
        return JournalStore.open(file, codec);
    }
}
// endregion store-module
