package dev.stele.domain.port;

import java.time.Duration;

/**
 * The right to append to a log that several nodes share. It is kept where the log is, ends by
 * itself unless it is renewed in time, and carries a token that only grows: every term has a larger
 * one than all terms before it. Thread-safe. Every method may throw {@link StoreException}; it is
 * unknown then whether the lease was taken, renewed or given back.
 *
 * <p>The store checks token and time itself, in the statement that moves the log's head: whoever
 * has lost the lease appends nothing, however late it learns of that. A holder that freezes, also
 * in the middle of an append, keeps nobody from taking the lease once it has run out.
 */
public interface WriterLease {

    /** {@return the name of this node, under which others see it} */
    String node();

    /**
     * {@return how long the lease lasts from when it is taken or renewed} A holder counts it by its
     * own steady clock from before the call, and stops in good time when it could not renew.
     */
    Duration length();

    /**
     * Takes the lease when nobody holds it, or renews it when this opening of the store holds it
     * since its last call. Another opening under the same node's name is another holder. A lease
     * that has run out is never renewed, only taken anew.
     *
     * @return what this has come to; never waits for the holder
     */
    LeaseState take();

    /**
     * Gives the lease back so that another takes it at once; where the store can wake those who
     * wait in {@link EventStore#awaitBeyond}, it does. Does nothing unless it is held.
     */
    void release();
}
