package dev.stele.domain.model;

import io.vavr.collection.TreeMap;

/**
 * What is known of the log itself.
 *
 * @param unreadable the places of facts that cannot be read and whose loss nobody has accepted,
 *     each with a sentence that says why; while there is one, no further fact is taken in
 */
public record LogState(TreeMap<Long, String> unreadable) {

    /** A log that can be read from end to end. */
    public static final LogState EMPTY = new LogState(TreeMap.empty());

    /** {@return whether every fact could be read, or its loss is accepted} */
    public boolean isReadable() {
        return unreadable.isEmpty();
    }

    /**
     * {@return this state with a fact that cannot be read}
     *
     * @param sequence its place
     * @param why a sentence for people
     */
    public LogState withUnreadable(long sequence, String why) {
        return new LogState(unreadable.put(sequence, why));
    }

    /**
     * {@return this state after the loss of facts was accepted}
     *
     * @param sequences their places; one at which nothing is lost changes nothing
     */
    public LogState withAccepted(Iterable<Long> sequences) {
        return new LogState(unreadable.removeAll(sequences));
    }
}
