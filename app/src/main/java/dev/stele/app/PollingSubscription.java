package dev.stele.app;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place in a log that another process writes: it looks again and again. */
final class PollingSubscription implements EventSubscription {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventStore store;
    private final int page;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long position;

    PollingSubscription(EventStore store, int page, long position) {
        this.store = store;
        this.page = page;
        this.position = position;
    }

    @Override
    public List<StoredEvent> next(Duration timeout) throws InterruptedException {
        long start = System.nanoTime();
        long patience = TimeUnit.NANOSECONDS.convert(timeout);
        List<StoredEvent> events = look();
        long left = patience;
        while (events.isEmpty()
                && left > 0
                && !closed.await(Math.min(left, INTERVAL), TimeUnit.NANOSECONDS)) {
            events = look();
            left = patience - (System.nanoTime() - start);
        }
        if (!events.isEmpty()) {
            position = events.getLast().sequence();
        }
        return events;
    }

    private List<StoredEvent> look() {
        return isClosed() ? List.of() : store.read(position, page);
    }

    @Override
    public long position() {
        return position;
    }

    /** Nothing is in memory here: more than a page is far. */
    @Override
    public boolean isBehind() {
        return !isClosed() && store.head() - position > page;
    }

    @Override
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
