package dev.stele.domain.port;

import java.time.Duration;
import java.time.Instant;

/** Who may append to a log that several nodes share. */
public sealed interface LeaseState {

    /**
     * This node, until then. The store's clock decides, which may differ from this machine's: the
     * safe way to know how long is left is to count the length of a lease from before it was taken.
     *
     * @param token names the term; larger than those of all terms before it
     * @param until when it ends unless it is renewed, by the store's clock
     */
    record Held(long token, Instant until) implements LeaseState {}

    /**
     * Another node.
     *
     * @param node its name
     * @param left how long it has the lease at most unless it renews it; not negative
     */
    record Elsewhere(String node, Duration left) implements LeaseState {}
}
