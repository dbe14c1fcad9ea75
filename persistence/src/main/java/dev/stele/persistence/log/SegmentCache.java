package dev.stele.persistence.log;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The segments that were unpacked last: who reads a stretch page by page unpacks it once. One that
 * was replaced meanwhile is another one, since its bytes are known by their digest. Thread-safe.
 */
final class SegmentCache {

    /** A reader goes through one at a time; there are few that read what is long past. */
    private static final int MOST = 4;

    /** A segment with one very long event is not worth its room. */
    private static final long LARGEST = 2 * Segment.MOST_BYTES;

    private final Deque<Known> newest = new ArrayDeque<>();

    /** A segment, and the digest of its row. */
    private record Known(String digest, Segment segment) {}

    /**
     * The segment in a row.
     *
     * @throws SegmentBytes.Unreadable when the row is not as it was written
     */
    Segment unpacked(PackedSegment packed) throws SegmentBytes.Unreadable {
        if (packed.size() > LARGEST) {
            return packed.unpacked();
        }
        String digest = packed.digest();
        Segment known = find(digest);
        if (known != null) {
            return known;
        }
        Segment segment = packed.unpacked();
        keep(new Known(digest, segment));
        return segment;
    }

    private synchronized @Nullable Segment find(String digest) {
        for (Known known : newest) {
            if (known.digest().equals(digest)) {
                return known.segment();
            }
        }
        return null;
    }

    private synchronized void keep(Known known) {
        newest.addFirst(known);
        while (newest.size() > MOST) {
            newest.removeLast();
        }
    }
}
