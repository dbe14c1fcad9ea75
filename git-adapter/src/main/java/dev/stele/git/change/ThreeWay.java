package dev.stele.git.change;

import dev.stele.git.repository.ObjectHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffAlgorithm.SupportedAlgorithm;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeResult;
import org.eclipse.jgit.util.IntList;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/**
 * Joins two people's changes of a file, line by line, on raw bytes. What comes out and is in no
 * repository yet is kept here. For one thread at a time.
 */
public final class ThreeWay {

    /** The size in bytes from which on a file is not joined by lines. */
    private static final int LARGEST_TEXT = 4 << 20;

    /** Git looks that far for a zero byte. */
    private static final int LOOKED_AT = 8_000;

    private static final MergeAlgorithm ALGORITHM =
            new MergeAlgorithm(DiffAlgorithm.getAlgorithm(SupportedAlgorithm.HISTOGRAM));

    private final ObjectReader reader;
    private final Map<ObjectId, byte[]> made = new HashMap<>();

    /**
     * @param reader finds the contents
     */
    public ThreeWay(ObjectReader reader) {
        this.reader = reader;
    }

    /** What comes of joining. */
    public sealed interface Joined {

        /**
         * Both changes together.
         *
         * @param state what is there then; null for nothing
         */
        record Clean(@Nullable FileState state) implements Joined {}

        /**
         * They cannot be joined.
         *
         * @param why a few words for people
         */
        record Conflict(String why) implements Joined {}
    }

    /** Contents that were made here, by their ids. */
    public Map<ObjectId, byte[]> made() {
        return Map.copyOf(made);
    }

    /**
     * Lays a change over a state.
     *
     * @param ours the state
     * @param base what the change began with
     * @param theirs what it ended with
     */
    public Joined join(
            @Nullable FileState ours, @Nullable FileState base, @Nullable FileState theirs)
            throws IOException {
        if (Objects.equals(ours, base) || Objects.equals(ours, theirs)) {
            return new Joined.Clean(theirs);
        }
        if (Objects.equals(base, theirs)) {
            return new Joined.Clean(ours);
        }
        if (ours == null || base == null || theirs == null) {
            return new Joined.Conflict("others have changed it, too, and it came or went");
        }
        if (!ours.isFile() || !base.isFile() || !theirs.isFile()) {
            return new Joined.Conflict("others have changed it, too, and it is a link");
        }
        // Of two different modes of files at least one is the old one.
        int mode = ours.mode() == base.mode() ? theirs.mode() : ours.mode();
        ObjectId id = only(ours.id(), base.id(), theirs.id());
        if (id != null) {
            return new Joined.Clean(new FileState(mode, id));
        }
        return joinContents(ours.id(), base.id(), theirs.id(), mode);
    }

    /** The content when only one side has changed it, or both in the same way; else null. */
    private static @Nullable ObjectId only(ObjectId ours, ObjectId base, ObjectId theirs) {
        if (ours.equals(base) || ours.equals(theirs)) {
            return theirs;
        }
        return base.equals(theirs) ? ours : null;
    }

    private Joined joinContents(ObjectId ours, ObjectId base, ObjectId theirs, int mode)
            throws IOException {
        byte[] our;
        byte[] old;
        byte[] their;
        try {
            our = text(ours);
            old = text(base);
            their = text(theirs);
        } catch (MissingObjectException e) {
            return new Joined.Conflict(
                    "others have changed it, too, and an earlier content of it is gone");
        }
        if (our == null || old == null || their == null) {
            return new Joined.Conflict("others have changed it, too, and it is no text");
        }
        byte[] joined = join(old, our, their);
        if (joined == null) {
            return new Joined.Conflict("others have changed the same lines");
        }
        ObjectId id = ObjectHash.of(Constants.OBJ_BLOB, joined, joined.length);
        made.put(id, joined);
        return new Joined.Clean(new FileState(mode, id));
    }

    /** A content, or null when it is no text, or too large. */
    private byte @Nullable [] text(ObjectId id) throws IOException {
        byte[] known = made.get(id);
        if (known != null) {
            return known;
        }
        ObjectLoader blob = reader.open(id, Constants.OBJ_BLOB);
        if (blob.getSize() > LARGEST_TEXT) {
            return null;
        }
        byte[] content = blob.getCachedBytes(LARGEST_TEXT);
        for (int i = 0; i < Math.min(content.length, LOOKED_AT); i++) {
            if (content[i] == 0) {
                return null;
            }
        }
        return content;
    }

    private static byte @Nullable [] join(byte[] old, byte[] our, byte[] their) {
        MergeResult<RawText> result =
                ALGORITHM.merge(
                        RawTextComparator.DEFAULT,
                        new RawText(old),
                        new RawText(our),
                        new RawText(their));
        if (result.containsConflicts()) {
            return null;
        }
        byte[][] contents = {old, our, their};
        var joined = new ByteArrayOutputStream();
        boolean open = false;
        for (MergeChunk chunk : result) {
            byte[] content = contents[chunk.getSequenceIndex()];
            IntList lines = RawParseUtils.lineMap(content, 0, content.length);
            int start = lines.get(chunk.getBegin() + 1);
            int end = chunk.getEnd() == 0 ? 0 : lines.get(chunk.getEnd() + 1);
            if (start >= end) {
                continue;
            }
            if (open) {
                // One side ends without a line's end, and the other goes on there.
                return null;
            }
            joined.write(content, start, end - start);
            open = content[end - 1] != '\n';
        }
        return joined.toByteArray();
    }
}
