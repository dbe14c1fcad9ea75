package dev.stele.git.diff;

import static org.eclipse.jgit.diff.DiffEntry.DEV_NULL;

import java.util.Locale;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.lib.FileMode;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the hunks of a file in a patch, as git writes it.
 *
 * @param entry the difference, with raw paths
 */
record PatchHeader(DiffEntry entry) {

    private static final int SHORT_ID = 10;

    /** Git's way to write a mode. */
    static String octal(FileMode mode) {
        return String.format(Locale.ROOT, "%06o", mode.getBits());
    }

    /**
     * The whole part of a patch.
     *
     * @param hunks what differs line by line, or null when the content is binary
     */
    String text(@Nullable String hunks) {
        var text = new StringBuilder("diff --git ");
        text.append(QuotedPaths.quoted("a/" + pathOrOther(entry.getOldPath()))).append(' ');
        text.append(QuotedPaths.quoted("b/" + pathOrOther(entry.getNewPath()))).append('\n');
        addModes(text);
        addNames(text);
        addIds(text);
        if (hunks == null) {
            text.append("Binary files ").append(name("a/", entry.getOldPath()));
            text.append(" and ").append(name("b/", entry.getNewPath())).append(" differ\n");
        } else if (!hunks.isEmpty()) {
            text.append("--- ").append(nameBeforeHunks("a/", entry.getOldPath())).append('\n');
            text.append("+++ ").append(nameBeforeHunks("b/", entry.getNewPath())).append('\n');
            text.append(hunks);
        }
        return text.toString();
    }

    /** The first line names a path on both sides, also where there is only one. */
    private String pathOrOther(String path) {
        if (!path.equals(DEV_NULL)) {
            return path;
        }
        return entry.getNewPath().equals(DEV_NULL) ? entry.getOldPath() : entry.getNewPath();
    }

    private static String name(String prefix, String path) {
        return path.equals(DEV_NULL) ? path : QuotedPaths.quoted(prefix + path);
    }

    private static String nameBeforeHunks(String prefix, String path) {
        return path.equals(DEV_NULL) ? path : QuotedPaths.beforeHunks(prefix + path);
    }

    private void addModes(StringBuilder text) {
        if (entry.getOldPath().equals(DEV_NULL)) {
            text.append("new file mode ").append(octal(entry.getNewMode())).append('\n');
        } else if (entry.getNewPath().equals(DEV_NULL)) {
            text.append("deleted file mode ").append(octal(entry.getOldMode())).append('\n');
        } else if (!isSameMode()) {
            text.append("old mode ").append(octal(entry.getOldMode())).append('\n');
            text.append("new mode ").append(octal(entry.getNewMode())).append('\n');
        }
    }

    private boolean isSameMode() {
        return entry.getOldMode().equals(entry.getNewMode());
    }

    private void addNames(StringBuilder text) {
        if (entry.getChangeType() == ChangeType.RENAME) {
            text.append("similarity index ").append(entry.getScore()).append("%\n");
            text.append("rename from ").append(QuotedPaths.quoted(entry.getOldPath())).append('\n');
            text.append("rename to ").append(QuotedPaths.quoted(entry.getNewPath())).append('\n');
        }
    }

    private void addIds(StringBuilder text) {
        if (entry.getOldId().equals(entry.getNewId())) {
            return;
        }
        text.append("index ").append(entry.getOldId().name(), 0, SHORT_ID).append("..");
        text.append(entry.getNewId().name(), 0, SHORT_ID);
        if (isSameMode()) {
            text.append(' ').append(octal(entry.getNewMode()));
        }
        text.append('\n');
    }
}
