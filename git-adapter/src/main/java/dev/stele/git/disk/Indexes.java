package dev.stele.git.disk;

import java.util.Arrays;

/** A list of indexes in the making. For one thread. */
final class Indexes {

    private static final int[] NONE = {};

    private int[] values = NONE;
    private int size;

    void add(int index) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(8, size * 2));
        }
        values[size++] = index;
    }

    int[] toArray() {
        return size == 0 ? NONE : Arrays.copyOf(values, size);
    }
}
