package dev.stele.git.index;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Objects;

/** Bitmaps compressed word by word, as a split index holds them. */
final class EwahBitmap {

    private static final int WORD = 64;

    private EwahBitmap() {}

    /**
     * Reads a bitmap and moves the buffer behind it.
     *
     * @param most how many bits there may be at most
     * @throws java.nio.BufferUnderflowException when the buffer ends too early
     * @throws IndexOutOfBoundsException when there are more bits
     */
    static BitSet read(ByteBuffer buffer, int most) {
        int bits = Objects.checkIndex(buffer.getInt(), most + 1);
        int words = buffer.getInt();
        var result = new BitSet();
        int at = 0;
        for (int read = 0; read < words; ) {
            long marker = buffer.getLong();
            read++;
            long end = at + ((marker >>> 1) & 0xFFFFFFFFL) * WORD;
            int stop = (int) Math.min(bits, end);
            if ((marker & 1) != 0) {
                result.set(at, stop);
            }
            at = (int) Math.min(bits + (long) WORD, end);
            for (long literals = marker >>> 33; literals > 0; literals--, read++) {
                setWord(result, Objects.checkIndex(at, bits + WORD), buffer.getLong());
                at += WORD;
            }
        }
        buffer.getInt();
        return result;
    }

    private static void setWord(BitSet result, int at, long word) {
        for (long rest = word; rest != 0; rest &= rest - 1) {
            result.set(at + Long.numberOfTrailingZeros(rest));
        }
    }
}
