package dev.stele.git.repository;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compress objects for a pack, as many at once as ask for it. Thread-safe. */
final class Compressors implements AutoCloseable {

    private final Queue<Deflater> idle = new ArrayDeque<>();

    /** The fastest level: what git itself uses for objects that it writes one by one. */
    static Deflater deflater() {
        return new Deflater(Deflater.BEST_SPEED);
    }

    /**
     * An object as it will stand in the pack.
     *
     * @param type git's number of its type
     * @param content holds its content
     * @param length how many bytes of it, from the first
     */
    PackedObject compress(int type, byte[] content, int length) {
        Deflater deflater = take();
        try {
            return compress(deflater, type, content, length);
        } finally {
            deflater.reset();
            giveBack(deflater);
        }
    }

    private static PackedObject compress(Deflater deflater, int type, byte[] content, int length) {
        var bytes = new byte[PackedObject.LONGEST_HEADER + 64 + length / 2];
        int filled = PackedObject.header(type, length, bytes);
        deflater.setInput(content, 0, length);
        deflater.finish();
        while (!deflater.finished()) {
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            filled += deflater.deflate(bytes, filled, bytes.length - filled);
        }
        var checksum = new CRC32();
        checksum.update(bytes, 0, filled);
        return new PackedObject(bytes, filled, (int) checksum.getValue());
    }

    private synchronized Deflater take() {
        Deflater deflater = idle.poll();
        return deflater == null ? deflater() : deflater;
    }

    private synchronized void giveBack(Deflater deflater) {
        idle.add(deflater);
    }

    @Override
    public synchronized void close() {
        idle.forEach(Deflater::end);
        idle.clear();
    }
}
