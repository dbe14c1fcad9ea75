package dev.stele.domain.port;

import java.util.Collections;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * The part of a store that puts less in the place of closed stretches of its log. Sequences stay
 * free of gaps for every reader, and the chain of hashes goes on behind the stretch.
 *
 * <p>It goes in two steps, so that a crash at any instruction leaves either the old facts or the
 * new ones. First the replacement is {@link #prepare prepared} beside the log, where nobody reads
 * it. Then the fact that tells of it, with its digest, goes into the log like any other; and only
 * then it is {@link #replace put in place}. When a store is opened, a prepared replacement whose
 * fact is in the log is put in place, and one whose fact is not there is thrown away.
 *
 * <p>Thread-safe; appends and reads go on beside it, each step holding the writer up for a few
 * milliseconds. Every method may throw {@link StoreException}.
 */
public interface LogRewriting {

    /** Of a store that cannot do it. */
    LogRewriting NONE =
            new LogRewriting() {
                @Override
                public String refusal() {
                    return "This store keeps its log as it was written, and replaces nothing.";
                }

                @Override
                public Stretch from(long first) {
                    throw refused();
                }

                @Override
                public Replacement prepare(StretchChange change) {
                    throw refused();
                }

                @Override
                public void replace(Replacement prepared) {
                    throw refused();
                }

                @Override
                public void discard(Replacement prepared) {
                    throw refused();
                }

                @Override
                public LogRoom room() {
                    throw refused();
                }

                @Override
                public void giveBack(LogProgress progress) {
                    throw refused();
                }

                @Override
                public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
                    throw refused();
                }

                @Override
                public void scrub() {
                    throw refused();
                }

                private StoreException refused() {
                    return new StoreException(refusal(), null);
                }
            };

    /** {@return why this store replaces nothing, as a sentence for people; empty when it does} */
    default String refusal() {
        return "";
    }

    /**
     * {@return the stretch that begins at a place: one that was replaced before, or so many facts
     * that were not as make a good piece; never beyond the log's end}
     *
     * @param first the place of its first fact, behind a whole stretch if it was replaced before
     */
    Stretch from(long first);

    /**
     * {@return the facts of a stretch that say more than this program knows, by their places: all
     * that each says, as it is stored} Whatever takes the place of one of them does not say that
     * any more. None, for a store that keeps nothing but what this program knows.
     *
     * @param first the place of its first fact
     * @param last the place of its last fact
     */
    default SortedMap<Long, String> besides(long first, long last) {
        return Collections.emptySortedMap();
    }

    /**
     * Writes a replacement beside the log, synced to the disk.
     *
     * @param change what takes the place of a stretch that is wholly in the log
     * @return what was prepared
     */
    Replacement prepare(StretchChange change);

    /**
     * Puts a replacement in the place of its stretch, in one transaction.
     *
     * @param prepared what {@link #prepare} gave
     * @throws StoreException when no fact in the log tells of it; nothing is replaced then
     */
    void replace(Replacement prepared);

    /**
     * Throws a replacement away that was not put in place.
     *
     * @param prepared what {@link #prepare} gave
     */
    void discard(Replacement prepared);

    /**
     * {@return the room that the log takes, and what giving back the empty part of it needs} Costs
     * the same for any log.
     */
    LogRoom room();

    /**
     * Gives room that is empty back to the file system.
     *
     * @param progress hears how far it is
     * @throws StoreException when the disk has not the room that it needs on the way; nothing
     *     changed then
     */
    void giveBack(LogProgress progress);

    /**
     * Replaces answers of receipts, in one transaction. Costs the number of receipts.
     *
     * @param mask makes the answer that takes the place of another; an equal one stays
     * @param look only counts, and replaces nothing
     * @return how many are others
     */
    int mask(UnaryOperator<Receipt.Outcome> mask, boolean look);

    /**
     * Writes all that is in the log's files once more, so that nothing which was replaced or
     * deleted is in them any more.
     *
     * @throws StoreException when the disk has not the room that it needs on the way, or somebody
     *     reads the log and keeps old pages in use
     */
    void scrub();

    /**
     * A stretch of the log.
     *
     * @param first the place of its first fact
     * @param last the place of its last fact
     * @param replaced whether it was replaced before
     */
    record Stretch(long first, long last, boolean replaced) {}

    /**
     * What is prepared, or was put in place.
     *
     * @param first the place of its first fact
     * @param last the place of its last fact
     * @param digest the SHA-256 of what takes its place, 64 hexadecimal digits in small letters
     * @param bytesBefore about the room that the stretch takes without it
     * @param bytesAfter about the room that it takes with it
     */
    record Replacement(long first, long last, String digest, long bytesBefore, long bytesAfter) {}
}
