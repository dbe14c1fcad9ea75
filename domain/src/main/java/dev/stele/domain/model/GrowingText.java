package dev.stele.domain.model;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Immutable text that grows at its end at a cost that does not depend on its length.
 *
 * <p>Versions share one buffer: the newest extends it in place, which an older version never sees
 * since it keeps its own length. Appending twice to the same version copies once. Safe to read from
 * any thread: the characters up to a version's length are written before the version exists.
 */
public final class GrowingText implements CharSequence {

    private static final int SMALLEST_BUFFER = 32;

    /** No text. */
    public static final GrowingText EMPTY = new GrowingText(new Buffer(0), 0);

    private final Buffer buffer;
    private final int length;

    private GrowingText(Buffer buffer, int length) {
        this.buffer = buffer;
        this.length = length;
    }

    /**
     * {@return the text as growing text}
     *
     * @param text any text
     */
    public static GrowingText of(String text) {
        return EMPTY.plus(text);
    }

    /**
     * {@return this text with more at its end} The receiver is unchanged.
     *
     * @param more what is added
     */
    public GrowingText plus(String more) {
        if (more.isEmpty()) {
            return this;
        }
        int newLength = Math.addExact(length, more.length());
        Buffer target = buffer.claim(length, newLength) ? buffer : grown(newLength);
        more.getChars(0, more.length(), target.characters, length);
        return new GrowingText(target, newLength);
    }

    /** Room to grow is made at the second piece: most texts that come whole never grow. */
    private Buffer grown(int newLength) {
        long roomy = length == 0 ? newLength : newLength * 2L;
        int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, roomy);
        var copy = new Buffer(Math.max(SMALLEST_BUFFER, capacity));
        System.arraycopy(buffer.characters, 0, copy.characters, 0, length);
        copy.used.setPlain(newLength);
        return copy;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return buffer.characters[Objects.checkIndex(index, length)];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        Objects.checkFromToIndex(start, end, length);
        return new String(buffer.characters, start, end - start);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GrowingText that
                && Arrays.equals(
                        buffer.characters, 0, length, that.buffer.characters, 0, that.length);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The whole as a string; costs its length. */
    @Override
    public String toString() {
        return new String(buffer.characters, 0, length);
    }

    /** Characters that only ever grow at the end; who claims the tail may write it. */
    private static final class Buffer {
        final char[] characters;
        final AtomicInteger used = new AtomicInteger();

        Buffer(int capacity) {
            characters = new char[capacity];
        }

        boolean claim(int from, int to) {
            return to <= characters.length && used.compareAndSet(from, to);
        }
    }
}
