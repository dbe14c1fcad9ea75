package dev.stele.domain.port;

import dev.stele.domain.event.StoredEvent;
import java.time.Duration;
import java.util.List;

/**
 * A reader's place in the log. It never skips, repeats or reorders; a slow reader holds nobody up
 * and costs no memory, since what it has missed is read from the store. For one thread at a time,
 * but {@link #close} may come from any.
 */
public interface EventSubscription extends AutoCloseable {

    /**
     * {@return the next facts, at least one, waiting for them; empty when nothing came in time or
     * the subscription is closed}
     *
     * @param timeout how long to wait at most
     * @throws InterruptedException when the waiting thread is interrupted
     */
    List<StoredEvent> next(Duration timeout) throws InterruptedException;

    /** {@return the place of the last fact that {@link #next} returned} */
    long position();

    /**
     * {@return whether the reader is so far behind that what it has missed is not in memory any
     * more} It loses nothing, and {@link #next} goes on with what is stored. Whoever wants no more
     * than the newest state gets it sooner with {@link EventFeed#model} and a subscription from
     * there.
     */
    default boolean isBehind() {
        return false;
    }

    /** {@return whether nothing more will come} */
    boolean isClosed();

    /** Ends it; a waiting {@link #next} returns. Repeats do nothing. */
    @Override
    void close();
}
