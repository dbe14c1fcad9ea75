package dev.stele.persistence.postgres;

/** The token under which this opening of the store may write. Thread-safe. */
final class Term {

    /** Less than every token: of nobody who has the lease. */
    static final long NONE = -1;

    private volatile long token = NONE;

    /** The newest token that this opening got; {@link #NONE} when it has none. */
    long token() {
        return token;
    }

    /** Begins or ends a term. */
    void set(long newest) {
        token = newest;
    }
}
