package dev.stele.git.index;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Which raw paths of a working tree are tracked, and what cannot be read off the disk: submodules
 * and paths that a sparse checkout leaves out. Paths start at the top of the working tree.
 * Immutable.
 */
public final class TrackedPaths {

    /**
     * One tracked path.
     *
     * @param path the raw path
     * @param mode its kind: a tree stands for a whole directory that a sparse checkout leaves out
     * @param id its blob, commit or tree
     * @param leftOut whether a sparse checkout leaves it out, so that its absence means nothing
     */
    public record Entry(String path, FileMode mode, ObjectId id, boolean leftOut) {}

    private final String[] paths;
    private final BitSet executable;
    private final NavigableMap<String, Entry> special;

    private TrackedPaths(String[] paths, BitSet executable, NavigableMap<String, Entry> special) {
        this.paths = paths;
        this.executable = executable;
        this.special = special;
    }

    /**
     * Tracked paths from a list; of two entries for one path the first counts.
     *
     * @param entries in any order
     */
    public static TrackedPaths of(List<Entry> entries) {
        var byPath = new TreeMap<String, Entry>();
        entries.forEach(entry -> byPath.putIfAbsent(entry.path(), entry));
        List<Entry> sorted = List.copyOf(byPath.values());
        var paths = new String[sorted.size()];
        var executable = new BitSet(paths.length);
        var special = new TreeMap<String, Entry>();
        for (int i = 0; i < paths.length; i++) {
            Entry entry = sorted.get(i);
            paths[i] = entry.path();
            executable.set(i, FileMode.EXECUTABLE_FILE.equals(entry.mode().getBits()));
            if (entry.leftOut() || FileMode.GITLINK.equals(entry.mode().getBits())) {
                special.put(entry.path(), entry);
            }
        }
        return new TrackedPaths(paths, executable, special);
    }

    /** Whether a path is tracked itself. */
    public boolean contains(String path) {
        return Arrays.binarySearch(paths, path) >= 0;
    }

    /** Whether a path is tracked as an executable file. */
    public boolean isExecutable(String path) {
        int at = Arrays.binarySearch(paths, path);
        return at >= 0 && executable.get(at);
    }

    /**
     * Whether anything in a directory is tracked.
     *
     * @param directory the directory's raw path without a slash at its end
     */
    public boolean containsBelow(String directory) {
        String below = directory + "/";
        int at = Arrays.binarySearch(paths, below);
        int next = at >= 0 ? at : -at - 1;
        return next < paths.length && paths[next].startsWith(below);
    }

    /** The commit at which a submodule is tracked at this path, or null. */
    public @Nullable ObjectId submodule(String path) {
        Entry entry = special.get(path);
        return entry != null && FileMode.GITLINK.equals(entry.mode().getBits()) ? entry.id() : null;
    }

    /** The entry of a path that a sparse checkout leaves out, or null. */
    public @Nullable Entry leftOut(String path) {
        Entry entry = special.get(path);
        return entry != null && entry.leftOut() ? entry : null;
    }

    /**
     * All entries below a directory that a sparse checkout leaves out, by their paths.
     *
     * @param prefix the directory's raw path with a slash at its end, or empty for the top
     */
    public List<Entry> leftOutBelow(String prefix) {
        if (special.isEmpty()) {
            return List.of();
        }
        return special.tailMap(prefix, true).values().stream()
                .takeWhile(entry -> entry.path().startsWith(prefix))
                .filter(Entry::leftOut)
                .toList();
    }
}
