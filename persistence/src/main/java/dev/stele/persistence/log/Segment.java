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

    /** Makes the list immutable, and checks that there is one entry for each place. */
    public Segment {
        entries = List.copyOf(entries);
        if (first < 1 || last < first || entries.size() != last - first + 1) {
            throw new IllegalArgumentException(
                    "a segment from " + first + " to " + last + " has " + entries.size());
        }
    }

    /**
     * What is at a place.
     *
     * @param sequence one of its places
     */
    SegmentEntry at(long sequence) {
        return entries.get((int) (sequence - first));
    }

    /** The digest that the fact of its replacement tells, in hexadecimal. */
    String digest() {
        return LogCheck.hex(HashChain.sha256().digest(SegmentBytes.of(this)));
    }
}
