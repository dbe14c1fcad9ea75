package dev.stele.git.index;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Bitmaps compressed word by word, as a split index holds them. */
final class EwahBitmap {

    private static final int WORD = 64;

    private EwahBitmap() {}

    /**
     * Reads a bitmap and moves the buffer behind it.
     *
     * @throws java.nio.BufferUnderflowException when the buffer ends too early
     */
    static BitSet read(ByteBuffer buffer) {
        int bits = buffer.getInt();
        int words = buffer.getInt();
        var result = new BitSet();
        int at = 0;
        for (int read = 0; read < words; ) {
            long marker = buffer.getLong();
            read++;
            int running = (int) ((marker >>> 1) & 0xFFFFFFFFL) * WORD;
            if ((marker & 1) != 0) {
                result.set(at, Math.min(bits, at + running));
            }
            at += running;
            for (long literals = marker >>> 33; literals > 0; literals--, read++) {
                setWord(result, at, buffer.getLong());
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
