package dev.stele.persistence.log;

import java.util.List;

/**
 * A stretch of the log whose facts were replaced by fewer, in one piece. The hash of the original
 * chain at its end is kept, so that the chain goes on behind it; its own digest is in the fact that
 * tells of the replacement.
 *
 * @param first the place of its first fact
 * @param last the place of its last fact
 * @param endHash the hash of the chain of the original facts at its end, 32 bytes
 * @param entries what is at each place, in order and without gaps
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Segment(long first, long last, byte[] endHash, List<SegmentEntry> entries) {

    /** A page of a log is read by unpacking no more than so many events... */
    static final int MOST_EVENTS = 4_096;

    /** ...or about so many bytes, unless one event has more. */
    static final long MOST_BYTES = 1 << 20;

    /** Makes the list immutable, and checks that there is one entry for each place. */
    public Segment {
        entries = List.copyOf(entries);
        if (first < 1 || last < first || entries.size() != last - first + 1) {
            throw new IllegalArgumentException(
                    "a segment from " + first + " to " + last + " has " + entries.size());
        }
    }

    /** Whether it is of a stretch with this place. */
    boolean holds(long sequence) {
        return first <= sequence && sequence <= last;
    }

    /**
     * What is at a place.
     *
     * @param sequence one of its places
     */
    SegmentEntry at(long sequence) {
        return entries.get((int) (sequence - first));
    }

    /**
     * How many places from one on went into the same fact as that one.
     *
     * @param sequence a place whose fact is not kept by itself
     */
    long run(long sequence) {
        long end = sequence;
        while (end <= last
                && at(end) instanceof SegmentEntry.Absorbed(_, _, var into)
                && at(sequence) instanceof SegmentEntry.Absorbed(_, _, var same)
                && into == same) {
            end++;
        }
        return end - sequence;
    }

    /** The digest that the fact of its replacement tells, in hexadecimal. */
    String digest() {
        return LogCheck.hex(HashChain.sha256().digest(SegmentBytes.of(this)));
    }
}
