package dev.stele.app.engine;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.List;

/** A place in the feed. It holds nothing but its position. */
final class FeedSubscription implements EventSubscription {
    private final LogFeed feed;
    private volatile long position;
    private volatile boolean closed;

    FeedSubscription(LogFeed feed, long position) {
        this.feed = feed;
        this.position = position;
    }

    @Override
    public List<StoredEvent> next(Duration timeout) throws InterruptedException {
        List<StoredEvent> events = feed.next(this, timeout);
        if (!events.isEmpty()) {
            position = events.getLast().sequence();
        }
        return events;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean isBehind() {
        return feed.hasForgotten(position);
    }

    @Override
    public boolean isClosed() {
        return closed || feed.isOver(position);
    }

    @Override
    public void close() {
        closed = true;
        feed.wake();
    }

    /** Whether its reader has closed it. */
    boolean wasClosed() {
        return closed;
    }
}
