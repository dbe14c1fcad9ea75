package dev.stele.persistence.postgres;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.persistence.OldFormsConformance;
import dev.stele.persistence.json.JsonCodec;
import dev.stele.persistence.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Old forms in a PostgreSQL database. */
class PostgresOldFormsTest extends OldFormsConformance {

    @TempDir private Path folder;

    @Override
    protected Place newPlace() {
        String address = PostgresServer.shared().newLog();
        return new Place() {
            @Override
            public EventStore open(JsonCodec codec) {
                PostgresEventStore store =
                        PostgresEventStore.openToWrite(
                                PostgresStores.login(address, "only"),
                                new Limits(1 << 20, PostgresStores.LONG_LEASE),
                                folder,
                                codec);
                PostgresStores.takeLease(store);
                return store;
            }

            @Override
            public LogAdministration care(JsonCodec codec) {
                return new PostgresLogAdministration(PostgresStores.login(address, "care"), codec);
            }
        };
    }
}
