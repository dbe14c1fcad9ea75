package dev.stele.provider.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The last bytes of a stream that somebody must read, kept for error messages. Thread-safe. */
final class OutputTail {
    private final byte[] ring;
    private long written;

    /**
     * An empty tail.
     *
     * @param size how many bytes are kept
     */
    OutputTail(int size) {
        ring = new byte[size];
    }

    /** Reads the stream to its end. */
    void drain(InputStream in) {
        var chunk = new byte[8 * 1024];
        try {
            for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
                append(chunk, n);
            }
        } catch (IOException _) {
            // The pipe broke: the same as its end.
        }
    }

    private synchronized void append(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) (written++ % ring.length)] = bytes[i];
        }
    }

    /** What is kept, as text without white space around it. */
    synchronized String text() {
        int kept = (int) Math.min(written, ring.length);
        var bytes = new byte[kept];
        for (int i = 0; i < kept; i++) {
            bytes[i] = ring[(int) ((written - kept + i) % ring.length)];
        }
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
