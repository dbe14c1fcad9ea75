package dev.stele.domain.model;

import io.vavr.collection.TreeMap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the log itself.
 *
 * @param unreadable the places of facts that cannot be read and whose loss nobody has accepted,
 *     each with a sentence that says why; while there is one, no further fact is taken in
 * @param writer the node that writes to the log; null when it is not shared by nodes
 */
public record LogState(TreeMap<Long, String> unreadable, @Nullable Writer writer) {

    /** A log that can be read from end to end. */
    public static final LogState EMPTY = new LogState(TreeMap.empty(), null);

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
        return new LogState(unreadable.put(sequence, why), writer);
    }

    /**
     * {@return this state after the loss of facts was accepted}
     *
     * @param sequences their places; one at which nothing is lost changes nothing
     */
    public LogState withAccepted(Iterable<Long> sequences) {
        return new LogState(unreadable.removeAll(sequences), writer);
    }

    /**
     * {@return this state with another writer}
     *
     * @param newWriter the node that writes from here on
     */
    public LogState withWriter(Writer newWriter) {
        return new LogState(unreadable, newWriter);
    }

    /**
     * A node in its time as the one that writes.
     *
     * @param node its name
     * @param token names the time; later ones have larger tokens
     * @param since when it began
     */
    public record Writer(String node, long token, Instant since) {}
}
