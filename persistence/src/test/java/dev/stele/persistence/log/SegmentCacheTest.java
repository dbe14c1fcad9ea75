package dev.stele.persistence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.persistence.json.EventFormat.EventType;
import dev.stele.persistence.log.SegmentEntry.Kept;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments that were unpacked lately are not unpacked again, and never taken for others. */
class SegmentCacheTest {

    private static final EventType TYPE = new EventType("ThreadSelected", 1);

    private final SegmentCache cache = new SegmentCache();

    private static PackedSegment packed(long place, int bytes) {
        var event = new Kept(place, 0, TYPE, new byte[bytes]);
        return PackedSegment.of(new Segment(place, place, HashChain.beginning(), List.of(event)));
    }

    @Test
    void a_segment_is_unpacked_once() throws Exception {
        Segment first = cache.unpacked(packed(1, 10));

        assertThat(cache.unpacked(packed(1, 10))).isSameAs(first);
        assertThat(cache.unpacked(packed(2, 10))).isNotSameAs(first);
        assertThat(cache.unpacked(packed(1, 11))).isNotSameAs(first);
    }

    @Test
    void a_row_that_says_something_else_is_looked_at_anew() throws Exception {
        PackedSegment good = packed(1, 10);
        cache.unpacked(good);

        var moved = new PackedSegment(2, 2, good.endHash(), good.size(), good.packed());
        assertThatThrownBy(() -> cache.unpacked(moved))
                .isInstanceOf(SegmentBytes.Unreadable.class)
                .hasMessage("it is of another stretch");
        byte[] hash = HashChain.beginning().clone();
        hash[0] = 1;
        var rehashed = new PackedSegment(1, 1, hash, good.size(), good.packed());
        assertThatThrownBy(() -> cache.unpacked(rehashed))
                .isInstanceOf(SegmentBytes.Unreadable.class);
    }

    @Test
    void only_a_few_are_kept_and_no_large_one() throws Exception {
        Segment first = cache.unpacked(packed(1, 10));
        for (int place = 2; place <= 5; place++) {
            cache.unpacked(packed(place, 10));
        }
        assertThat(cache.unpacked(packed(1, 10))).isNotSameAs(first);

        Segment large = cache.unpacked(packed(9, 3 << 20));
        assertThat(cache.unpacked(packed(9, 3 << 20))).isNotSameAs(large);
    }
}
