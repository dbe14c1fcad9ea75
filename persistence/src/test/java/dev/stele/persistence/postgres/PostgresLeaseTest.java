package dev.stele.persistence.postgres;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.tck.WriterLeaseConformance;
import dev.stele.domain.tck.WriterLeaseFixture;
import dev.stele.persistence.server.PostgresServer;

/** The lease in PostgreSQL keeps the contract of leases. */
class PostgresLeaseTest extends WriterLeaseConformance {

    @Override
    protected WriterLeaseFixture newFixture() {
        PostgresServer server = PostgresServer.shared();
        String address = server.newLog();
        String schema = address.substring(address.indexOf('=') + 1);
        return new WriterLeaseFixture() {
            @Override
            public EventStore open(String node) {
                return PostgresStores.open(address, node, PostgresStores.LONG_LEASE);
            }

            // As if the server's clock had moved by all of it.
            @Override
            public void runOut() {
                server.execute(
                        "update %s.meta set lease_until = clock_timestamp()".formatted(schema));
            }

            @Override
            public void close() {}
        };
    }
}
