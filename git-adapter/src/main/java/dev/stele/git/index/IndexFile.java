package dev.stele.git.index;

import dev.stele.git.disk.RawNames;
import dev.stele.git.index.TrackedPaths.Entry;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A reader of index files: versions 2 to 4, with sparse directories and split in two. It takes no
 * lock; git replaces an index as a whole.
 *
 * @see <a href="https://git-scm.com/docs/index-format">index-format</a>
 */
public final class IndexFile {

    private static final int SIGNATURE = 0x44495243;
    private static final int LINK_EXTENSION = 0x6C696E6B;
    private static final int SHA1 = 20;
    private static final int STAT_FIELDS = 24;
    private static final int EXTENDED = 0x4000;
    private static final int SKIP_WORKTREE = 0x4000;

    /** Far more than any index holds, and few enough for a bitmap. */
    private static final int MOST_ENTRIES = 1 << 24;

    private final byte[] bytes;
    private final int idLength;
    private final ByteBuffer buffer;
    private final List<Entry> entries = new ArrayList<>();
    private int version;
    private @Nullable Split split;

    /** The other half of a split index, and what has changed since. */
    private record Split(String base, BitSet deleted, BitSet replaced) {}

    private IndexFile(byte[] bytes, int idLength) {
        this.bytes = bytes;
        this.idLength = idLength;
        this.buffer = ByteBuffer.wrap(bytes, 0, bytes.length - idLength);
    }

    /**
     * What an index file says.
     *
     * @param file the file; one that is not there tracks nothing
     * @return its entries; a path with unresolved conflicts has several
     * @throws CorruptIndexException when it cannot be understood
     */
    public static List<Entry> read(Path file) throws IOException, CorruptIndexException {
        return read(file, SHA1);
    }

    /**
     * The same where ids may be longer. Of longer ones the entries have the beginning alone.
     *
     * @param idLength how many bytes the ids have: 20 or 32
     */
    public static List<Entry> read(Path file, int idLength)
            throws IOException, CorruptIndexException {
        try {
            IndexFile index = parse(Files.readAllBytes(file), idLength);
            Split split = index.split;
            if (split == null) {
                return index.named();
            }
            Path base = file.resolveSibling("sharedindex." + split.base());
            return index.joined(parse(Files.readAllBytes(base), idLength).entries, split);
        } catch (NoSuchFileException e) {
            if (Files.notExists(file)) {
                return List.of();
            }
            throw new CorruptIndexException("its shared half is gone");
        }
    }

    private static IndexFile parse(byte[] bytes, int idLength) throws CorruptIndexException {
        requireChecksum(bytes, idLength);
        var index = new IndexFile(bytes, idLength);
        try {
            index.readAll();
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            throw new CorruptIndexException("it ends too early");
        }
        return index;
    }

    /** A checksum of zeros means that none was taken. */
    private static void requireChecksum(byte[] bytes, int idLength) throws CorruptIndexException {
        int end = bytes.length - idLength;
        if (end < 12) {
            throw new CorruptIndexException("it is too short");
        }
        byte[] recorded = Arrays.copyOfRange(bytes, end, bytes.length);
        if (!Arrays.equals(recorded, new byte[idLength])
                && !Arrays.equals(recorded, checksum(bytes, end))) {
            throw new CorruptIndexException("its checksum is wrong");
        }
    }

    /** Of all but the checksum itself. */
    private static byte[] checksum(byte[] bytes, int length) {
        try {
            boolean sha1 = bytes.length - length == SHA1;
            MessageDigest digest = MessageDigest.getInstance(sha1 ? "SHA-1" : "SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has both.", e);
        }
    }

    private void readAll() throws CorruptIndexException {
        if (buffer.getInt() != SIGNATURE) {
            throw new CorruptIndexException("it is no index");
        }
        version = buffer.getInt();
        if (version < 2 || version > 4) {
            throw new CorruptIndexException("its version " + version + " is not known");
        }
        String path = "";
        for (int left = buffer.getInt(); left > 0; left--) {
            path = readEntry(path);
        }
        while (buffer.hasRemaining()) {
            readExtension();
        }
    }

    /** Reads an entry after the one with the given path; returns its own path. */
    private String readEntry(String previous) throws CorruptIndexException {
        int start = buffer.position();
        buffer.position(start + STAT_FIELDS);
        int mode = buffer.getInt();
        buffer.position(start + STAT_FIELDS + 16);
        var hash = new byte[idLength];
        buffer.get(hash);
        int flags = Short.toUnsignedInt(buffer.getShort());
        int moreFlags = (flags & EXTENDED) == 0 ? 0 : Short.toUnsignedInt(buffer.getShort());
        String path = version == 4 ? readSuffix(previous) : readPadded(start);
        boolean leftOut = (moreFlags & SKIP_WORKTREE) != 0;
        entries.add(
                new Entry(trimmed(path), FileMode.fromBits(mode), ObjectId.fromRaw(hash), leftOut));
        return path;
    }

    /** Directories of a sparse index end with a slash. */
    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private String readPadded(int start) {
        String path = readTerminated();
        int length = buffer.position() - 1 - start;
        buffer.position(start + ((length + 8) & ~7));
        return path;
    }

    /** Version 4 cuts some bytes off the path before and adds others. */
    private String readSuffix(String previous) throws CorruptIndexException {
        int c = buffer.get() & 0xFF;
        int cut = c & 0x7F;
        while ((c & 0x80) != 0) {
            c = buffer.get() & 0xFF;
            cut = ((cut + 1) << 7) + (c & 0x7F);
        }
        if (cut > previous.length()) {
            throw new CorruptIndexException("a path is cut too short");
        }
        return previous.substring(0, previous.length() - cut) + readTerminated();
    }

    private String readTerminated() {
        int start = buffer.position();
        int end = start;
        while (buffer.get(end) != 0) {
            end++;
        }
        buffer.position(end + 1);
        return RawNames.raw(bytes, start, end - start);
    }

    private void readExtension() throws CorruptIndexException {
        int signature = buffer.getInt();
        int size = buffer.getInt();
        if (size < 0 || size > buffer.remaining()) {
            throw new CorruptIndexException("it ends too early");
        }
        int end = buffer.position() + size;
        if (signature == LINK_EXTENSION) {
            var hash = new byte[idLength];
            buffer.get(hash);
            boolean unchanged = buffer.position() == end;
            split =
                    new Split(
                            HexFormat.of().formatHex(hash),
                            unchanged ? new BitSet() : EwahBitmap.read(buffer, MOST_ENTRIES),
                            unchanged ? new BitSet() : EwahBitmap.read(buffer, MOST_ENTRIES));
        }
        buffer.position(end);
    }

    private List<Entry> named() {
        return entries.stream().filter(entry -> !entry.path().isEmpty()).toList();
    }

    /** Entries without a path stand for replaced ones of the shared half, in their order. */
    private List<Entry> joined(List<Entry> shared, Split split) throws CorruptIndexException {
        var replacements = entries.stream().filter(e -> e.path().isEmpty()).iterator();
        List<Entry> all = new ArrayList<>(named());
        for (int i = 0; i < shared.size(); i++) {
            Entry entry = shared.get(i);
            if (split.replaced().get(i)) {
                if (!replacements.hasNext()) {
                    throw new CorruptIndexException("its two halves do not fit");
                }
                Entry with = replacements.next();
                entry = new Entry(entry.path(), with.mode(), with.id(), with.leftOut());
            }
            if (!split.deleted().get(i)) {
                all.add(entry);
            }
        }
        return all;
    }
}
