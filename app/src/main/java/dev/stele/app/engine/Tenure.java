package dev.stele.app.engine;

import dev.stele.domain.port.DispatchResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The time in which this node may write, by its own steady clock: it ends well before another node
 * may take the lease, unless it is renewed. Once over it stays so. Thread-safe.
 */
final class Tenure {
    private final String node;
    private final long token;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final boolean endless;
    private volatile long end;
    private volatile boolean over;
    private volatile boolean leaving;
    private volatile @Nullable String successor;

    private Tenure(String node, long token, boolean endless, long end) {
        this.node = node;
        this.token = token;
        this.endless = endless;
        this.end = end;
    }

    /** That of a node that shares its log with nobody. */
    static Tenure endless() {
        return new Tenure("", 0, true, 0);
    }

    /**
     * That of a node which has just taken the lease.
     *
     * @param node its name
     * @param token the lease's token
     * @param end when it is over unless it is prolonged, by {@link System#nanoTime}
     */
    static Tenure until(String node, long token, long end) {
        return new Tenure(node, token, false, end);
    }

    String node() {
        return node;
    }

    long token() {
        return token;
    }

    /** Whether this node may write now. */
    boolean isHeld() {
        return !over && (endless || end - System.nanoTime() > 0);
    }

    /** Moves its end, if it is not over yet. */
    void prolong(long newEnd) {
        lock.lock();
        try {
            if (isHeld()) {
                end = newEnd;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends it for good.
     *
     * @param next the node that writes now; null when none is known
     */
    void end(@Nullable String next) {
        lock.lock();
        try {
            over = true;
            successor = next == null ? successor : next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets whoever waits for its end go on, since this node is about to close. */
    void leave() {
        lock.lock();
        try {
            leaving = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for its end, or until this node leaves. */
    void awaitEnd() {
        lock.lock();
        try {
            while (isHeld() && !leaving) {
                var _ = changed.awaitNanos(end - System.nanoTime());
            }
        } catch (InterruptedException closing) {
            leaving = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits a while, or until its end. */
    void pause(Duration time) {
        long left = TimeUnit.NANOSECONDS.convert(time);
        lock.lock();
        try {
            while (isHeld() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** The answer to commands that come too late. */
    DispatchResult tooLate() {
        return new DispatchResult.NotTheWriter(successor);
    }
}
