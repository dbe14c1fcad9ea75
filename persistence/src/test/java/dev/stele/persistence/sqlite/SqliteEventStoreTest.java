package dev.stele.persistence.sqlite;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.tck.EventStoreConformance;
import dev.stele.domain.tck.EventStoreFixture;
import dev.stele.persistence.json.JsonCodec;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The store on SQLite keeps the contract of event stores. */
class SqliteEventStoreTest extends EventStoreConformance {

    @TempDir private Path folder;

    @Override
    protected EventStoreFixture newFixture() {
        return new EventStoreFixture() {
            @Override
            public EventStore open() {
                return SqliteEventStore.openToWrite(
                        folder.resolve("stele.db"), largestEvent(), new JsonCodec());
            }

            @Override
            public int largestEvent() {
                return SMALLEST_LIMIT;
            }

            @Override
            public void close() {}
        };
    }
}
