package dev.stele.app.engine;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LeaseState;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.WriterLease;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in a log that several share. On a thread of its own it follows the log and takes
 * the lease as soon as it can; while it has it another thread renews it. When it cannot be renewed
 * in time the term ends, so early that agents have ended before another node may begin.
 */
final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** So many parts of a lease pass between two renewals... */
    private static final int RENEWALS = 6;

    /** ...and so many parts after the last one the term is over; the rest is for ending agents. */
    private static final int LAST = 3;

    /** How long a node that could not begin leaves the lease to others. */
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(2);

    private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

    private final WriterLease lease;
    private final EventStore store;
    private final LogFeed feed;
    private final Replay log;
    private final Function<Tenure, Term> terms;
    private final Consumer<@Nullable Term> shown;
    private final ReentrantLock leaseCalls = new ReentrantLock();
    private final Thread thread;
    private volatile @Nullable Term term;
    private volatile @Nullable String writer;
    private volatile boolean closed;

    /**
     * A node that does nothing yet.
     *
     * @param lease the right to write
     * @param store the log
     * @param feed where facts of others are published
     * @param page how many facts are read at once
     * @param terms makes a term that has not begun
     * @param shown hears of the term that takes commands; null when none does
     */
    Node(
            WriterLease lease,
            EventStore store,
            LogFeed feed,
            int page,
            Function<Tenure, Term> terms,
            Consumer<@Nullable Term> shown) {
        this.lease = lease;
        this.store = store;
        this.feed = feed;
        this.log = new Replay(store, page);
        this.terms = terms;
        this.shown = shown;
        this.thread = Thread.ofPlatform().name("stele-node").unstarted(this::work);
    }

    /**
     * Asks for the lease once, begins to write if it is free, and goes on by itself from there; a
     * lease that is lost at once is asked for again.
     *
     * @throws RuntimeException what a reactor throws that cannot start; nothing goes on then
     */
    void open() {
        Tenure mine = take();
        try {
            if (mine != null) {
                begin(mine);
            }
        } catch (StoreException lost) {
            LOG.warn("The node {} cannot write yet; it follows", lease.node(), lost);
        }
        thread.start();
    }

    /** What it is now. */
    NodeRole role() {
        Term now = term;
        return now != null && now.tenure().isHeld()
                ? new NodeRole.Writing(lease.node(), now.tenure().token())
                : new NodeRole.Following(lease.node(), writer);
    }

    /** The other node that writes, if one is known to. */
    @Nullable String writer() {
        return writer;
    }

    private void work() {
        while (!closed) {
            Term now = term;
            if (now == null) {
                follow();
            } else {
                now.tenure().awaitEnd();
                end(now);
            }
        }
        endLast();
    }

    private void endLast() {
        var _ = Thread.interrupted(); // reactors that are being closed wait for their work
        Term last = term;
        if (last != null) {
            end(last);
        }
    }

    private void follow() {
        Duration rest = look();
        try {
            Tenure mine = take();
            if (mine != null) {
                rest = OTHERS_FIRST;
                begin(mine);
            } else if (store.awaitBeyond(feed.model().sequence(), look())) {
                catchUp();
            }
        } catch (RuntimeException failure) {
            LOG.warn("The node {} cannot go on; it tries again", lease.node(), failure);
            pause(rest);
        } catch (InterruptedException closing) {
            // closed: the loop ends
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException closing) {
            // closed: the loop ends
        }
    }

    private Duration look() {
        Duration part = lease.length().dividedBy(2L * RENEWALS);
        return part.compareTo(LONGEST_LOOK) < 0 ? part : LONGEST_LOOK;
    }

    /** The time to write, if the lease is free. */
    private @Nullable Tenure take() {
        long asked = System.nanoTime();
        return switch (lease.take()) {
            case LeaseState.Held(var token, _) -> Tenure.until(lease.node(), token, safeEnd(asked));
            case LeaseState.Elsewhere(var node, _) -> {
                writer = node;
                yield null;
            }
        };
    }

    /** When agents have to be told to end, so that they are gone before another may begin. */
    private long safeEnd(long asked) {
        return asked + lease.length().toNanos() * LAST / RENEWALS;
    }

    private void begin(Tenure mine) {
        Term next = terms.apply(mine);
        term = next;
        Thread.ofPlatform().daemon().name("stele-lease").start(() -> renew(mine));
        try {
            catchUp();
            next.beginOnNode();
            LOG.info("The node {} writes now, under the token {}", mine.node(), mine.token());
            writer = null;
            shown.accept(next);
        } catch (RuntimeException | Error failure) {
            mine.end(null);
            end(next);
            throw failure;
        }
    }

    private void catchUp() {
        long head = store.head();
        while (feed.model().sequence() < head) {
            var facts = log.pageAfter(feed.model().sequence(), head);
            feed.publish(Replay.fold(feed.model(), facts), facts);
        }
    }

    /** Ends a term that has lost the lease, or the last one in order; the lease is free then. */
    private void end(Term ending) {
        if (closed && ending.tenure().isHeld()) {
            ending.close();
            ending.tenure().end(null);
            shown.accept(null);
        } else {
            shown.accept(null);
            LOG.warn("The node {} writes no more; its agents are ended", lease.node());
            ending.abandon();
        }
        term = null;
        release();
    }

    private void release() {
        try {
            leaseCalls.lock();
            try {
                lease.release();
            } finally {
                leaseCalls.unlock();
            }
        } catch (StoreException failure) {
            LOG.warn("The lease could not be given back; it runs out by itself", failure);
        }
    }

    private void renew(Tenure mine) {
        Duration between = lease.length().dividedBy(RENEWALS);
        mine.pause(between);
        while (mine.isHeld()) {
            Duration next = between;
            try {
                renewOnce(mine);
            } catch (RuntimeException failure) {
                LOG.warn("The lease could not be renewed; it is tried again", failure);
                next = between.dividedBy(4);
            }
            mine.pause(next);
        }
    }

    /** Never takes anew what was given back. */
    private void renewOnce(Tenure mine) {
        leaseCalls.lock();
        try {
            if (mine.isHeld()) {
                renewHeld(mine);
            }
        } finally {
            leaseCalls.unlock();
        }
    }

    private void renewHeld(Tenure mine) {
        long asked = System.nanoTime();
        switch (lease.take()) {
            case LeaseState.Held(var token, _) when token == mine.token() ->
                    mine.prolong(safeEnd(asked));
            case LeaseState.Held _ -> mine.end(null);
            case LeaseState.Elsewhere(var node, _) -> {
                writer = node;
                mine.end(node);
            }
        }
    }

    /** Ends the term in order, gives the lease back, and follows no more. */
    @Override
    public void close() {
        closed = true;
        Term now = term;
        if (now == null) {
            thread.interrupt();
        } else {
            now.tenure().leave();
        }
        Term.join(thread);
    }
}
