package dev.stele.git.capture;

import dev.stele.git.disk.Directory;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import dev.stele.git.repository.NewObjects;
import dev.stele.git.repository.ObjectHash;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Reads files and links into a objects, byte for byte: no filter, no conversion of line ends. What
 * changes while it is read is read again. Thread-safe.
 */
final class ContentReader {

    /** Up to this size a file is read at once; the rest is streamed, twice if it is new. */
    static final int AT_ONCE = 1 << 20;

    private static final int ATTEMPTS = 3;
    private static final ThreadLocal<byte[]> BUFFERS =
            ThreadLocal.withInitial(() -> new byte[1 << 16]);

    private final NewObjects objects;
    private final StopSign stop;

    ContentReader(NewObjects objects, StopSign stop) {
        this.objects = objects;
        this.stop = stop;
    }

    /** What became of reading. */
    sealed interface Content {
        /** Read and in the repository; the stamp is the one that it had before and after. */
        record Stored(ObjectId id, Stamp stamp) implements Content {}

        /** It was deleted in between. */
        record Gone() implements Content {}

        /** It could not be read. */
        record Unread(String why) implements Content {}
    }

    /**
     * Reads a regular file or a link.
     *
     * @param name its raw name
     * @param first its stamp
     * @param known a blob that is in the repository already
     */
    Content read(Directory directory, String name, Stamp first, @Nullable ObjectId known) {
        try {
            Stamp before = first;
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                ObjectId id =
                        before.isLink()
                                ? link(directory, name, before, known)
                                : file(directory, name, before, known);
                Stamp after = directory.stamp(name);
                if (id != null && after.equals(before)) {
                    return new Content.Stored(id, after);
                }
                if (!after.isRegular() && !after.isLink()) {
                    break;
                }
                before = after;
            }
            return new Content.Unread("it kept changing while it was read");
        } catch (NoSuchFileException e) {
            return new Content.Gone();
        } catch (IOException e) {
            return new Content.Unread(Reasons.unreadable(e));
        }
    }

    /**
     * The raw text of a small file; empty when it cannot be read.
     *
     * @param name its raw name
     */
    String text(Directory directory, String name) {
        try (InputStream content = open(directory, name)) {
            return RawNames.raw(content.readNBytes(AT_ONCE));
        } catch (IOException e) {
            return "";
        }
    }

    private @Nullable ObjectId link(
            Directory directory, String name, Stamp stamp, @Nullable ObjectId known)
            throws IOException {
        byte[] target = RawNames.bytes(directory.readLink(name));
        return target.length == stamp.size() ? store(target, target.length, known) : null;
    }

    private ObjectId store(byte[] content, int length, @Nullable ObjectId known) {
        ObjectId id = ObjectHash.of(Constants.OBJ_BLOB, content, length);
        if (!id.equals(known)) {
            objects.add(Constants.OBJ_BLOB, id, content, length);
        }
        return id;
    }

    /** The blob of a file, or null when its size is another than its stamp tells. */
    private @Nullable ObjectId file(
            Directory directory, String name, Stamp stamp, @Nullable ObjectId known)
            throws IOException {
        if (stamp.size() <= AT_ONCE) {
            int length = fill(directory, name, (int) stamp.size());
            return length == stamp.size() ? store(BUFFERS.get(), length, known) : null;
        }
        ObjectId id = hash(directory, name, stamp.size());
        if (id == null || id.equals(known) || objects.isKnown(id)) {
            return id;
        }
        ObjectId stored = stream(directory, name, stamp.size());
        return id.equals(stored) ? id : null;
    }

    /** Reads one byte more than expected, so that growth shows. */
    private int fill(Directory directory, String name, int size) throws IOException {
        byte[] buffer = BUFFERS.get();
        if (buffer.length <= size) {
            buffer = new byte[Math.max(size + 1, Math.min(AT_ONCE + 1, buffer.length * 2))];
            BUFFERS.set(buffer);
        }
        ByteBuffer target = ByteBuffer.wrap(buffer, 0, size + 1);
        try (ReadableByteChannel channel = directory.read(name)) {
            while (target.hasRemaining() && channel.read(target) >= 0) {
                // Until the file or the buffer ends.
            }
        }
        return target.position();
    }

    private @Nullable ObjectId hash(Directory directory, String name, long size)
            throws IOException {
        var hash = new ObjectHash(Constants.OBJ_BLOB, size);
        long left = size;
        byte[] buffer = BUFFERS.get();
        try (InputStream content = open(directory, name)) {
            for (int read = 0; read >= 0 && left >= 0; read = content.read(buffer)) {
                hash.update(buffer, read);
                left -= read;
            }
        }
        return left == 0 ? hash.id() : null;
    }

    private @Nullable ObjectId stream(Directory directory, String name, long size)
            throws IOException {
        try (InputStream content = open(directory, name)) {
            return objects.add(Constants.OBJ_BLOB, size, content);
        }
    }

    /** Large content is left as soon as the capture is to stop. */
    private InputStream open(Directory directory, String name) throws IOException {
        return new FilterInputStream(Channels.newInputStream(directory.read(name))) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                stop.check();
                return super.read(bytes, offset, length);
            }
        };
    }
}
