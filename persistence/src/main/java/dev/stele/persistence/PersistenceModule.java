package dev.stele.persistence;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.sqlite.SqliteEventStore;
import dev.stele.persistence.sqlite.SqliteLogAdministration;

/**
 * Binds the event store, opened when it is first asked for, the care of its log, which opens
 * nothing before it is used, and the codec. Whoever asks for the store closes it.
 */
public final class PersistenceModule extends AbstractModule {

    private final PersistenceConfig config;

    /**
     * The module of one store.
     *
     * @param config where it is
     */
    public PersistenceModule(PersistenceConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        install(new CodecModule());
    }

    @Provides
    @Singleton
    EventStore store(JsonCodec codec) {
        return switch (config.access()) {
            case READ_WRITE ->
                    SqliteEventStore.openToWrite(config.file(), config.maxEventBytes(), codec);
            case READ_ONLY -> SqliteEventStore.openToRead(config.file(), codec);
        };
    }

    @Provides
    @Singleton
    LogAdministration administration(JsonCodec codec) {
        return new SqliteLogAdministration(config.file(), codec);
    }
}
