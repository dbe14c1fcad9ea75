package dev.stele.app;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A place in a log that ends when whoever writes the log is gone. */
final class WatchedSubscription implements EventSubscription {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final EventSubscription facts;
    private final BooleanSupplier isWritten;

    /**
     * A place.
     *
     * @param facts the facts
     * @param isWritten whether there may be more of them; asked when none came for a while
     */
    WatchedSubscription(EventSubscription facts, BooleanSupplier isWritten) {
        this.facts = facts;
        this.isWritten = isWritten;
    }

    @Override
    public List<StoredEvent> next(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isClosed()) {
            long left = Math.max(0, deadline - System.nanoTime());
            List<StoredEvent> news = facts.next(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
            if (!news.isEmpty() || left <= LOOK.toNanos()) {
                return news;
            }
            if (!isWritten.getAsBoolean()) {
                List<StoredEvent> last = facts.next(Duration.ZERO);
                facts.close();
                return last;
            }
        }
        return List.of();
    }

    @Override
    public long position() {
        return facts.position();
    }

    @Override
    public boolean isBehind() {
        return facts.isBehind();
    }

    @Override
    public boolean isClosed() {
        return facts.isClosed();
    }

    @Override
    public void close() {
        facts.close();
    }
}
