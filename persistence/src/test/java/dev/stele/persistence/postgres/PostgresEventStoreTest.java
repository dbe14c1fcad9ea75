package dev.stele.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CommandId;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.tck.EventStoreConformance;
import dev.stele.domain.tck.EventStoreFixture;
import dev.stele.domain.tck.Samples;
import dev.stele.persistence.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    /** So that the one who writes need not ask for the receipt of each new command. */
    @Test
    void the_last_command_id_is_that_of_a_receipt_and_none_when_there_is_none() {
        String address = PostgresServer.shared().newLog();
        try (EventStore store = PostgresStores.openToWrite(address)) {
            assertThat(store.lastCommandId()).isNull();
            for (String id : List.of("cmd-5", "cmd-50", "cmd-4")) {
                var receipt =
                        new Receipt(
                                new CommandId(id),
                                "fingerprint",
                                new Receipt.Outcome.Accepted(1, 0),
                                Samples.AT);
                var entry = new Append.Entry(List.of(), receipt, null);
                store.append(new Append(0, Samples.AT, List.of(entry)));
            }
            assertThat(store.lastCommandId()).isEqualTo(new CommandId("cmd-50"));
        }
    }
}
