package dev.stele.domain.tck;

import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.WriterLease;
import java.time.Duration;
import java.util.Objects;

/** A store with a correct lease to break: subclasses get one thing wrong. */
class BrokenLease extends BrokenStore implements WriterLease {

    final WriterLease lease;

    BrokenLease(MemoryEventStore sound) {
        super(sound);
        this.lease = Objects.requireNonNull(sound.lease());
    }

    @Override
    public WriterLease lease() {
        return this;
    }

    @Override
    public String node() {
        return lease.node();
    }

    @Override
    public Duration length() {
        return lease.length();
    }

    @Override
    public LeaseState take() {
        return lease.take();
    }

    @Override
    public void release() {
        lease.release();
    }
}
