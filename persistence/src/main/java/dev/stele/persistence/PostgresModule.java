package dev.stele.persistence;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.StoreException;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.postgres.Limits;
import dev.stele.persistence.postgres.Login;
import dev.stele.persistence.postgres.PostgresEventStore;
import dev.stele.persistence.postgres.PostgresLogAdministration;

/**
 * Binds an event store in PostgreSQL, opened when it is first asked for, the care of its log, which
 * opens nothing before it is used, and the codec. Whoever asks for the store closes it.
 *
 * <p>The driver, {@code org.postgresql:postgresql}, and {@code
 * org.flywaydb:flyway-database-postgresql} have to be on the class path.
 */
public final class PostgresModule extends AbstractModule {

    private final PostgresConfig config;

    /**
     * The module of one store.
     *
     * @param config where it is
     */
    public PostgresModule(PostgresConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        install(new CodecModule());
    }

    @Provides
    @Singleton
    EventStore store(JsonCodec codec) {
        requireLibraries();
        return switch (config.access()) {
            case READ_WRITE ->
                    PostgresEventStore.openToWrite(
                            login(),
                            new Limits(config.maxEventBytes(), config.lease()),
                            config.snapshots(),
                            codec);
            case READ_ONLY -> PostgresEventStore.openToRead(login(), config.snapshots(), codec);
        };
    }

    @Provides
    @Singleton
    LogAdministration administration(JsonCodec codec) {
        requireLibraries();
        return new PostgresLogAdministration(login(), codec);
    }

    private Login login() {
        PostgresConfig.Address address = config.address();
        return new Login(
                address.hosts(),
                address.database(),
                address.user(),
                address.password(),
                address.settings(),
                config.node());
    }

    private static void requireLibraries() {
        require("org.postgresql.Driver", "org.postgresql:postgresql");
        require(
                "org.flywaydb.database.postgresql.PostgreSQLDatabaseType",
                "org.flywaydb:flyway-database-postgresql");
    }

    private static void require(String type, String artifact) {
        try {
            Class.forName(type, false, PostgresModule.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new StoreException(
                    "A log in PostgreSQL needs the library "
                            + artifact
                            + ", which is not on the class path; add it to the dependencies of"
                            + " your program.",
                    e);
        }
    }
}
