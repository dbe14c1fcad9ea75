package dev.stele.domain.tck;

import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.WriterLease;
import java.time.Duration;
import java.util.function.Supplier;

/** One node's right to append to a log in memory. Equal to nothing but itself. Thread-safe. */
final class MemoryLease implements WriterLease {

    private final MemoryCluster cluster;
    private final String node;

    MemoryLease(MemoryCluster cluster, String node) {
        this.cluster = cluster;
        this.node = node;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public Duration length() {
        return cluster.length();
    }

    @Override
    public LeaseState take() {
        return cluster.take(this);
    }

    @Override
    public void release() {
        cluster.release(this);
    }

    /** Appends if this node may, and says who may if not. */
    AppendResult append(Supplier<AppendResult> work) {
        return cluster.append(this, work);
    }
}
