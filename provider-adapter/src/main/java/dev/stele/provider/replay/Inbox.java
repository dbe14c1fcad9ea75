package dev.stele.provider.replay;

import dev.stele.provider.rpc.RpcMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the client said and nobody has taken yet. Thread-safe. */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<RpcMessage> messages = new ArrayList<>();
    private boolean closed;

    /** Nothing is said. */
    Inbox() {}

    /** Puts a message in. */
    void add(RpcMessage message) {
        lock.lock();
        try {
            messages.add(message);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the oldest message that is wanted, waiting for it.
     *
     * @return null when nothing more will come
     */
    @Nullable RpcMessage take(Predicate<RpcMessage> wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            RpcMessage found = poll(wanted);
            while (found == null && !closed) {
                changed.await();
                found = poll(wanted);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable RpcMessage poll(Predicate<RpcMessage> wanted) {
        for (Iterator<RpcMessage> all = messages.iterator(); all.hasNext(); ) {
            RpcMessage message = all.next();
            if (wanted.test(message)) {
                all.remove();
                return message;
            }
        }
        return null;
    }

    /** Drops what is meant. */
    void drop(Predicate<RpcMessage> meant) {
        lock.lock();
        try {
            messages.removeIf(meant);
        } finally {
            lock.unlock();
        }
    }
}
