package dev.stele.git.repository;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The file of a pack while it is written, object by object.
 *
 * @see <a href="https://git-scm.com/docs/pack-format">pack-format</a>
 */
final class PackFile implements Closeable {

    private static final int SIGNATURE = 0x5041434B;
    private static final int VERSION = 2;
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final FileChannel channel;

    /** Only for what is too large to be compressed before. */
    private @Nullable Deflater streaming;

    private final CRC32 crc = new CRC32();
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
    private final byte[] compressed = new byte[BUFFER / 2];
    private long written;

    /** Failures to write are failures of the repository, never those of what is read. */
    PackFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        header(0);
    }

    Path path() {
        return path;
    }

    private void header(int objects) {
        ByteBuffer header = ByteBuffer.allocate(12);
        header.putInt(SIGNATURE).putInt(VERSION).putInt(objects);
        put(header.array(), header.capacity());
    }

    /** Begins an object that comes piece by piece; returns where it starts. */
    long begin(int type, long size) {
        long start = written + out.position();
        crc.reset();
        deflater().reset();
        var header = new byte[PackedObject.LONGEST_HEADER];
        putCounted(header, PackedObject.header(type, size, header));
        return start;
    }

    private Deflater deflater() {
        Deflater deflater = streaming;
        if (deflater == null) {
            deflater = Compressors.deflater();
            streaming = deflater;
        }
        return deflater;
    }

    /** Adds a whole object; returns where it starts. */
    long append(PackedObject object) {
        long start = written + out.position();
        put(object.bytes(), object.length());
        return start;
    }

    private void write(byte[] content, int length) {
        Deflater deflater = deflater();
        deflater.setInput(content, 0, length);
        while (!deflater.needsInput()) {
            putCounted(compressed, deflater.deflate(compressed));
        }
    }

    /**
     * Writes a whole object's content; returns its id, or null when it has another size.
     *
     * @throws IOException when the content cannot be read
     */
    @Nullable ObjectId copy(int type, long size, InputStream content) throws IOException {
        var hash = new ObjectHash(type, size);
        var buffer = new byte[BUFFER];
        long left = size;
        int read = 0;
        while (read >= 0 && left >= 0) {
            hash.update(buffer, read);
            write(buffer, read);
            read = content.read(buffer);
            left -= Math.max(0, read);
        }
        return left == 0 ? hash.id() : null;
    }

    /** Ends an object; returns the checksum of its bytes in the pack. */
    int end() {
        Deflater deflater = deflater();
        deflater.finish();
        while (!deflater.finished()) {
            putCounted(compressed, deflater.deflate(compressed));
        }
        return (int) crc.getValue();
    }

    /** Takes back what was written from a place on. */
    void backTo(long position) {
        flush();
        try {
            channel.truncate(position).position(position);
            written = position;
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** Writes the number of objects at the start and the checksum at the end; returns that. */
    byte[] finish(int objects) throws IOException {
        flush();
        channel.position(0);
        header(objects);
        flush();
        byte[] checksum = checksum();
        put(checksum, checksum.length);
        flush();
        return checksum;
    }

    private byte[] checksum() throws IOException {
        MessageDigest digest = ObjectHash.sha1();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        channel.position(0);
        while (channel.read(buffer) >= 0) {
            digest.update(buffer.flip());
            buffer.clear();
        }
        return digest.digest();
    }

    private void putCounted(byte[] bytes, int length) {
        crc.update(bytes, 0, length);
        put(bytes, length);
    }

    private void put(byte[] bytes, int length) {
        for (int at = 0; at < length; ) {
            if (!out.hasRemaining()) {
                flush();
            }
            int some = Math.min(out.remaining(), length - at);
            out.put(bytes, at, some);
            at += some;
        }
    }

    private void flush() {
        try {
            out.flip();
            while (out.hasRemaining()) {
                written += channel.write(out);
            }
            out.clear();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    static GitFailure unwritable(Path path, IOException cause) {
        return new GitFailure(
                "New objects cannot be written to "
                        + path.resolveSibling("")
                        + ": "
                        + cause.getMessage()
                        + "; make room on the disk, or let Stele write there.",
                cause);
    }

    @Override
    public void close() throws IOException {
        if (streaming != null) {
            streaming.end();
        }
        channel.close();
    }
}
