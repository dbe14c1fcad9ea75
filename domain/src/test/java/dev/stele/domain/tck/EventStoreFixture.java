package dev.stele.domain.tck;

import dev.stele.domain.port.EventStore;

/** What {@link EventStoreConformance} needs of an adapter: one place that a store lives at. */
public interface EventStoreFixture extends AutoCloseable {

    /**
     * The smallest {@link #largestEvent} that the suite works with. Larger ones only make it slow.
     */
    int SMALLEST_LIMIT = 4_000_000;

    /**
     * Opens the store: empty the first time, and after that with what it was left with. The one
     * opened before is closed by then.
     *
     * @return the store
     */
    EventStore open();

    /**
     * {@return a number of characters: a text of that length makes an event too large for the
     * store, one of a quarter of it does not} At least {@link #SMALLEST_LIMIT}.
     */
    int largestEvent();

    /** Removes what the stores left behind. Stores still open are closed first. */
    @Override
    void close();
}
