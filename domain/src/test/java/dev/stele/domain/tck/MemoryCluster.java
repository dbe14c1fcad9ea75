package dev.stele.domain.tck;

import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory that several nodes of one process share, and the lease on it. Time is that of a
 * clock of one's own, so that a test says when a lease runs out. Thread-safe.
 */
public final class MemoryCluster {

    private final MemoryEventStore log = new MemoryEventStore();
    private final Duration length;
    private final InstantSource clock;
    private @Nullable Term term;
    private long lastToken;

    /**
     * An empty log that nobody writes to.
     *
     * @param length how long a lease lasts
     * @param clock tells when it runs out
     */
    public MemoryCluster(Duration length, InstantSource clock) {
        this.length = length;
        this.clock = clock;
    }

    /**
     * Opens the log for a node.
     *
     * @param node its name
     * @return its store; closing it leaves the log and the lease as they are
     */
    public MemoryEventStore open(String node) {
        return log.of(new MemoryLease(this, node));
    }

    /** {@return how long a lease lasts} */
    public Duration length() {
        return length;
    }

    /** {@return the newest token; 0 before the first term} */
    public synchronized long lastToken() {
        return lastToken;
    }

    /** Ends the present term at once, as if its time were over. */
    public synchronized void runOut() {
        term = null;
    }

    /** One holder's time. */
    private record Term(MemoryLease holder, long token, Instant until) {}

    /** Takes the lease for a holder, renews it, or tells who has it. */
    synchronized LeaseState take(MemoryLease holder) {
        Instant now = clock.instant();
        Term current = current();
        if (current != null && current.holder() != holder) {
            return new LeaseState.Elsewhere(
                    current.holder().node(), Duration.between(now, current.until()));
        }
        long token = current == null ? ++lastToken : current.token();
        term = new Term(holder, token, now.plus(length));
        return new LeaseState.Held(token, now.plus(length));
    }

    /** Ends the term of a holder; that of another stays. */
    synchronized void release(MemoryLease holder) {
        Term current = term;
        if (current != null && current.holder() == holder) {
            term = null;
        }
    }

    /** Lets a holder append; nobody takes the lease meanwhile. */
    synchronized AppendResult append(MemoryLease writer, Supplier<AppendResult> work) {
        Term current = current();
        if (current != null && current.holder() == writer) {
            return work.get();
        }
        return new AppendResult.LeaseLost(current == null ? null : current.holder().node());
    }

    private @Nullable Term current() {
        return term != null && clock.instant().isBefore(term.until()) ? term : null;
    }
}
