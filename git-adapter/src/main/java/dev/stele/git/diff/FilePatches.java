package dev.stele.git.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeDiff.Kind;
import dev.stele.git.disk.RawNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffAlgorithm.SupportedAlgorithm;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.DiffEntry.Side;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Writes how single files differ. */
final class FilePatches {

    /** The size in bytes from which on a file is not compared by lines. */
    static final int LARGEST_TEXT = 4 << 20;

    private static final DiffAlgorithm ALGORITHM =
            DiffAlgorithm.getAlgorithm(SupportedAlgorithm.HISTOGRAM);

    private final ObjectReader reader;

    FilePatches(ObjectReader reader) {
        this.reader = reader;
    }

    /** How one file differs. */
    FileDiff of(DiffEntry entry) throws IOException {
        Content content = content(entry);
        boolean gone = entry.getChangeType() == ChangeType.DELETE;
        boolean renamed = entry.getChangeType() == ChangeType.RENAME;
        return new FileDiff(
                kind(entry.getChangeType()),
                RawNames.display(gone ? entry.getOldPath() : entry.getNewPath()),
                renamed ? RawNames.display(entry.getOldPath()) : null,
                mode(entry.getOldPath(), entry.getOldMode()),
                mode(entry.getNewPath(), entry.getNewMode()),
                content.hunks() == null,
                content.added(),
                content.removed(),
                new PatchHeader(entry).text(content.hunks()));
    }

    private static Kind kind(ChangeType type) {
        return switch (type) {
            case ADD, COPY -> Kind.ADDED;
            case MODIFY -> Kind.MODIFIED;
            case DELETE -> Kind.DELETED;
            case RENAME -> Kind.RENAMED;
        };
    }

    private static @Nullable String mode(String path, FileMode mode) {
        return path.equals(DiffEntry.DEV_NULL) ? null : PatchHeader.octal(mode);
    }

    /**
     * How the content differs.
     *
     * @param hunks what differs line by line: empty when nothing does, null for a binary file
     */
    private record Content(@Nullable String hunks, int added, int removed) {
        static final Content SAME = new Content("", 0, 0);
        static final Content BINARY = new Content(null, 0, 0);
    }

    private Content content(DiffEntry entry) throws IOException {
        if (entry.getOldId().equals(entry.getNewId())) {
            return Content.SAME;
        }
        RawText before = text(entry, Side.OLD);
        RawText after = text(entry, Side.NEW);
        return before == null || after == null ? Content.BINARY : compare(before, after);
    }

    /** The lines of a file on one side, or null when it has none. */
    private @Nullable RawText text(DiffEntry entry, Side side) throws IOException {
        if (entry.getPath(side).equals(DiffEntry.DEV_NULL)) {
            return RawText.EMPTY_TEXT;
        }
        if (entry.getMode(side).equals(FileMode.GITLINK)) {
            String line = "Subproject commit " + entry.getId(side).name() + "\n";
            return new RawText(line.getBytes(UTF_8));
        }
        ObjectLoader blob = reader.open(entry.getId(side).toObjectId(), Constants.OBJ_BLOB);
        if (blob.getSize() > LARGEST_TEXT) {
            return null;
        }
        byte[] content = blob.getCachedBytes(LARGEST_TEXT);
        return hasZero(content) ? null : new RawText(content);
    }

    private static boolean hasZero(byte[] content) {
        for (byte b : content) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static Content compare(RawText before, RawText after) throws IOException {
        EditList edits = ALGORITHM.diff(RawTextComparator.DEFAULT, before, after);
        var hunks = new ByteArrayOutputStream();
        try (var formatter = new DiffFormatter(hunks)) {
            formatter.format(edits, before, after);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(hunks.toByteArray());
            return new Content(
                    UTF_8.newDecoder().decode(bytes).toString(),
                    edits.stream().mapToInt(Edit::getLengthB).sum(),
                    edits.stream().mapToInt(Edit::getLengthA).sum());
        } catch (CharacterCodingException e) {
            // A patch is text: bytes in another encoding would come out of it damaged.
            return Content.BINARY;
        }
    }
}
