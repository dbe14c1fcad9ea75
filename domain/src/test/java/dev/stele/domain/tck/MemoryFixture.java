package dev.stele.domain.tck;

import dev.stele.domain.port.EventStore;

/** A log in memory that outlives its stores. */
final class MemoryFixture implements EventStoreFixture {

    private MemoryEventStore newest = new MemoryEventStore(SMALLEST_LIMIT);

    @Override
    public EventStore open() {
        newest = newest.reopened();
        return newest;
    }

    @Override
    public int largestEvent() {
        return SMALLEST_LIMIT;
    }

    @Override
    public void close() {
        newest.close();
    }
}
