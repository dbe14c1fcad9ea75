package dev.stele.persistence.postgres;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.tck.EventStoreConformance;
import dev.stele.domain.tck.EventStoreFixture;
import dev.stele.persistence.server.PostgresServer;

/** The store in PostgreSQL keeps the contract of event stores. */
class PostgresEventStoreTest extends EventStoreConformance {

    @Override
    protected EventStoreFixture newFixture() {
        String address = PostgresServer.shared().newLog();
        return new EventStoreFixture() {
            @Override
            public EventStore open() {
                PostgresEventStore store =
                        PostgresStores.open(
                                address, "only", PostgresStores.LONG_LEASE, largestEvent(), null);
                PostgresStores.takeLease(store);
                return store;
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
