package dev.stele.domain.tck;

import dev.stele.domain.port.EventStore;

/** What {@link WriterLeaseConformance} needs of an adapter: one log that several nodes open. */
public interface WriterLeaseFixture extends AutoCloseable {

    /**
     * Opens the log for a node, beside all that have it open already. Its lease is not taken.
     *
     * @param node the node's name
     * @return its store, whose lease is not null
     */
    EventStore open(String node);

    /**
     * Lets so much time pass that a lease taken or renewed before has run out; by waiting, or by
     * moving the clock or the end of the lease. Until then a lease lasts as long as a test needs.
     */
    void runOut();

    /** Removes what the stores left behind. Stores still open are closed first. */
    @Override
    void close();
}
