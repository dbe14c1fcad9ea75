package dev.stele.app.server;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How often something was how large. Thread-safe; who reads meanwhile may miss the newest. */
final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /**
     * An empty one.
     *
     * @param bounds how large at most, in order; beyond the last one there is a place, too
     */
    Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts =
                Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
    }

    /** Counts one. */
    void add(double value) {
        int place = Arrays.binarySearch(bounds, value);
        counts[place < 0 ? -place - 1 : place].increment();
        sum.add(value);
    }

    /** How large at most, in order. */
    double[] bounds() {
        return bounds.clone();
    }

    /** How many there are in each place, the last one beyond all bounds. */
    long[] counts() {
        return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
    }

    double sum() {
        return sum.sum();
    }
}
