package dev.stele.provider.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a byte stream, each bounded in length: of a longer one only the beginning is kept, and
 * the rest is read past without being held. For one thread.
 */
final class LineReader {
    private static final int READ_SIZE = 64 * 1024;
    private static final int KEPT_BUFFER = 1024 * 1024;
    private static final int KEPT_OF_TOO_LONG = 4 * 1024;

    private final InputStream in;
    private final int maxLength;
    private final byte[] chunk = new byte[READ_SIZE];
    private int chunkFrom;
    private int chunkTo;
    private byte[] line = new byte[READ_SIZE];

    /**
     * A reader.
     *
     * @param in where the bytes come from; it need not be buffered
     * @param maxLength the longest line that is given out whole, in bytes
     */
    LineReader(InputStream in, int maxLength) {
        this.in = in;
        this.maxLength = maxLength;
    }

    /**
     * A line without its end.
     *
     * @param text its text; bytes that are no UTF-8 are replaced. The beginning of one too long
     * @param length how many bytes it has
     * @param whole whether the text is all of it
     */
    record Line(String text, long length, boolean whole) {}

    /** The next line, or null at the end of the stream. A last line needs no line end. */
    @Nullable Line next() throws IOException {
        int kept = 0;
        long length = 0;
        while (chunkFrom < chunkTo || fill()) {
            int end = endOfLine();
            int piece = end - chunkFrom;
            kept = keep(kept, piece);
            length += piece;
            boolean complete = end < chunkTo;
            chunkFrom = complete ? end + 1 : end;
            if (complete) {
                return take(kept, length);
            }
        }
        return length == 0 ? null : take(kept, length);
    }

    private boolean fill() throws IOException {
        chunkFrom = 0;
        chunkTo = Math.max(0, in.read(chunk));
        return chunkTo > 0;
    }

    private int endOfLine() {
        for (int i = chunkFrom; i < chunkTo; i++) {
            if (chunk[i] == '\n') {
                return i;
            }
        }
        return chunkTo;
    }

    private int keep(int kept, int piece) {
        int fits = Math.min(piece, maxLength - kept);
        if (kept + fits > line.length) {
            long doubled = Math.max(line.length * 2L, kept + fits);
            line = Arrays.copyOf(line, (int) Math.min(maxLength, doubled));
        }
        System.arraycopy(chunk, chunkFrom, line, kept, fits);
        return kept + fits;
    }

    private Line take(int kept, long length) {
        boolean whole = kept == length;
        int shown = whole ? kept : Math.min(kept, KEPT_OF_TOO_LONG);
        var text = new String(line, 0, shown, StandardCharsets.UTF_8);
        if (line.length > KEPT_BUFFER) {
            line = new byte[READ_SIZE];
        }
        return new Line(text, length, whole);
    }
}
