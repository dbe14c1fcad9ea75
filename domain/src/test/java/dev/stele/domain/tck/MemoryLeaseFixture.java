package dev.stele.domain.tck;

import dev.stele.domain.port.EventStore;
import java.time.Duration;
import java.time.Instant;

/** A log in memory that several nodes open. Its leases end when a test says so. */
final class MemoryLeaseFixture implements WriterLeaseFixture {

    private final MemoryCluster cluster = new MemoryCluster(Duration.ofSeconds(10), () -> now());
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now() {
        return now;
    }

    @Override
    public EventStore open(String node) {
        return cluster.open(node);
    }

    @Override
    public void runOut() {
        now = now.plus(cluster.length());
    }

    @Override
    public void close() {
        // a log in memory leaves nothing behind
    }
}
