package dev.stele.app.server;

import dev.stele.contracts.ThreadId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has still to send: a bounded queue. Whoever does not fetch it in time gets no
 * more, and is told so. Thread-safe.
 */
final class Outbox {
    /**
     * Parts are shared by all streams that follow the same, so that many full queues do not take
     * much more than one.
     */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final int MOST_PARTS = 4_096;

    private final @Nullable ThreadId thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<Part> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean overflown;
    private boolean ended;

    Outbox(@Nullable ThreadId thread) {
        this.thread = thread;
    }

    /** The thread that the stream follows; null for everything. */
    @Nullable ThreadId thread() {
        return thread;
    }

    /** Puts it in. */
    void offer(Part part) {
        int length = part.bytes().length;
        lock.lock();
        try {
            if (overflown || ended) {
                return;
            }
            overflown = bytes + length > MOST_BYTES || waiting.size() == MOST_PARTS;
            if (overflown) {
                waiting.clear();
            } else {
                bytes += length;
                waiting.add(part);
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Says that the stream has missed something that will not come any more. */
    void overflow() {
        lock.lock();
        try {
            overflown = true;
            waiting.clear();
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next part; null when none came in time, or none will. */
    @Nullable Part take(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !overflown && !ended && left > 0) {
                left = news.awaitNanos(left);
            }
            Part part = waiting.poll();
            if (part != null) {
                bytes -= part.bytes().length;
            }
            return part;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the stream was too slow. */
    boolean isOverflown() {
        lock.lock();
        try {
            return overflown;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more will come. */
    boolean isOver() {
        lock.lock();
        try {
            return ended && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
