package dev.stele.git.change;

import java.util.Locale;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * A file or link as a checkpoint holds it. Where there is neither, the state is null.
 *
 * @param mode git's mode
 * @param id its blob
 */
public record FileState(int mode, ObjectId id) {

    private static final String NOTHING = "-";

    /** What one of the trees of a walk holds where the walk stands. */
    public static @Nullable FileState at(TreeWalk walk, int tree) {
        int mode = walk.getRawMode(tree);
        return mode == 0 ? null : new FileState(mode, walk.getObjectId(tree));
    }

    /** A state in a journal: a mode and an id, or a hyphen. */
    public static String text(@Nullable FileState state) {
        return state == null
                ? NOTHING
                : String.format(Locale.ROOT, "%06o:%s", state.mode, state.id.name());
    }

    /**
     * Reads {@link #text}.
     *
     * @throws IllegalArgumentException when it is none
     * @throws IndexOutOfBoundsException when it is none
     */
    public static @Nullable FileState parse(String text) {
        if (text.equals(NOTHING)) {
            return null;
        }
        int colon = text.indexOf(':');
        return new FileState(
                Integer.parseInt(text.substring(0, colon), 8),
                ObjectId.fromString(text.substring(colon + 1)));
    }

    /** Whether it is a symbolic link. */
    public boolean isLink() {
        return FileMode.SYMLINK.equals(mode);
    }

    /** Whether it is a regular file. */
    public boolean isFile() {
        return FileMode.REGULAR_FILE.equals(mode) || isExecutable();
    }

    /** Whether it is a file that may be executed. */
    public boolean isExecutable() {
        return FileMode.EXECUTABLE_FILE.equals(mode);
    }

    /** Whether the other is a file with the same content. */
    public boolean isSameFile(FileState other) {
        return !isLink() && !other.isLink() && id.equals(other.id);
    }
}
