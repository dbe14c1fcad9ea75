package dev.stele.domain.tck;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.WriterLease;
import java.time.Duration;
import java.util.Objects;

/**
 * A store and its lease that leave everything to another one; subclasses do something of it
 * themselves.
 */
public class PassThroughLease extends PassThroughStore implements WriterLease {

    private final WriterLease lease;

    /**
     * A store in front of another one.
     *
     * @param inner a store that nodes share
     */
    public PassThroughLease(EventStore inner) {
        super(inner);
        this.lease = Objects.requireNonNull(inner.lease());
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
