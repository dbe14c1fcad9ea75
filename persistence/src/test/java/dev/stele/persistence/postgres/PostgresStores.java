package dev.stele.persistence.postgres;

import dev.stele.domain.port.LeaseState.Held;
import dev.stele.domain.port.WriterLease;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.json.JsonCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Short words for what the tests do with stores in PostgreSQL. */
final class PostgresStores {

    /** Longer than any test. */
    static final Duration LONG_LEASE = Duration.ofMinutes(10);

    private PostgresStores() {}

    static Login login(String address, String node) {
        PostgresConfig.Address parsed = PostgresConfig.Address.parse(address);
        return new Login(
                parsed.hosts(),
                parsed.database(),
                parsed.user(),
                parsed.password(),
                parsed.settings(),
                node);
    }

    /** Opened, with the lease not taken. */
    static PostgresEventStore open(String address, String node, Duration lease) {
        return open(address, node, lease, 1 << 20, null);
    }

    static PostgresEventStore open(
            String address,
            String node,
            Duration lease,
            int maxEventBytes,
            @Nullable Path snapshots) {
        return PostgresEventStore.openToWrite(
                login(address, node), new Limits(maxEventBytes, lease), snapshots, new JsonCodec());
    }

    /** Opened as the one node that writes. */
    static PostgresEventStore openToWrite(String address) {
        PostgresEventStore store = open(address, "only", LONG_LEASE);
        takeLease(store);
        return store;
    }

    static void takeLease(PostgresEventStore store) {
        if (!(lease(store).take() instanceof Held)) {
            throw new AssertionError("somebody else has the lease");
        }
    }

    static WriterLease lease(PostgresEventStore store) {
        return Objects.requireNonNull(store.lease());
    }

    /** The place that an address names. */
    static String schema(String address) {
        return login(address, "any").settings().getOrDefault("currentSchema", "public");
    }

    static PostgresLogAdministration administration(String address) {
        return new PostgresLogAdministration(login(address, "care"), new JsonCodec());
    }
}
