package dev.stele.git.index;

import dev.stele.git.disk.RawNames;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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

    private static final int ID = 20;

    /**
     * One tracked path.
     *
     * @param path the raw path
     * @param mode its kind: a tree stands for a whole directory that a sparse checkout leaves out
     * @param id its blob, commit or tree
     * @param leftOut whether a sparse checkout leaves it out, so that its absence means nothing
     */
    public record Entry(String path, FileMode mode, ObjectId id, boolean leftOut) {}

    /** All paths, one after the other, ordered by their bytes. */
    private final byte[] paths;

    /** Where each path ends. */
    private final int[] ends;

    private final BitSet executable;
    private final NavigableMap<String, Entry> special;

    private TrackedPaths(
            byte[] paths, int[] ends, BitSet executable, NavigableMap<String, Entry> special) {
        this.paths = paths;
        this.ends = ends;
        this.executable = executable;
        this.special = special;
    }

    /**
     * Tracked paths from a list; of two entries for one path the first counts.
     *
     * @param entries in any order
     */
    public static TrackedPaths of(List<Entry> entries) {
        List<Entry> sorted = isRising(entries) ? entries : sorted(entries);
        var paths = new ByteArrayOutputStream(sorted.size() * 32);
        var ends = new int[sorted.size()];
        var executable = new BitSet(ends.length);
        var special = new TreeMap<String, Entry>();
        for (int i = 0; i < ends.length; i++) {
            Entry entry = sorted.get(i);
            paths.writeBytes(RawNames.bytes(entry.path()));
            ends[i] = paths.size();
            executable.set(i, FileMode.EXECUTABLE_FILE.equals(entry.mode().getBits()));
            if (entry.leftOut() || FileMode.GITLINK.equals(entry.mode().getBits())) {
                special.put(entry.path(), entry);
            }
        }
        return new TrackedPaths(paths.toByteArray(), ends, executable, special);
    }

    private static boolean isRising(List<Entry> entries) {
        String last = "";
        for (Entry entry : entries) {
            if (entry.path().compareTo(last) <= 0) {
                return false;
            }
            last = entry.path();
        }
        return true;
    }

    private static List<Entry> sorted(List<Entry> entries) {
        var byPath = new TreeMap<String, Entry>();
        entries.forEach(entry -> byPath.putIfAbsent(entry.path(), entry));
        return List.copyOf(byPath.values());
    }

    /** Whether the very same is tracked in the same way. */
    boolean isSameAs(TrackedPaths other) {
        return Arrays.equals(paths, other.paths)
                && Arrays.equals(ends, other.ends)
                && executable.equals(other.executable)
                && special.equals(other.special);
    }

    /** Where a path is, or, as a negative number, where it would be. */
    private int find(String path) {
        byte[] wanted = RawNames.bytes(path);
        int low = 0;
        int high = ends.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order =
                    Arrays.compareUnsigned(
                            paths, start(middle), ends[middle], wanted, 0, wanted.length);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Whether a path is tracked itself. */
    public boolean contains(String path) {
        return find(path) >= 0;
    }

    /** Whether a path is tracked as an executable file. */
    public boolean isExecutable(String path) {
        int at = find(path);
        return at >= 0 && executable.get(at);
    }

    /**
     * Whether anything in a directory is tracked.
     *
     * @param directory the directory's raw path without a slash at its end
     */
    public boolean containsBelow(String directory) {
        String below = directory + "/";
        int at = find(below);
        int next = at >= 0 ? at : -at - 1;
        return next < ends.length
                && RawNames.raw(paths, start(next), ends[next] - start(next)).startsWith(below);
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
     * Whether a directory holds a submodule, or anything that a sparse checkout leaves out.
     *
     * @param prefix the directory's raw path with a slash at its end, or empty for the top
     */
    public boolean isSpecialBelow(String prefix) {
        String next = special.ceilingKey(prefix);
        return next != null && next.startsWith(prefix);
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

    /** Writes them for {@link #read}. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(paths.length);
        out.write(paths);
        out.writeInt(ends.length);
        for (int end : ends) {
            out.writeInt(end);
        }
        byte[] bits = executable.toByteArray();
        out.writeInt(bits.length);
        out.write(bits);
        out.writeInt(special.size());
        for (Entry entry : special.values()) {
            byte[] path = RawNames.bytes(entry.path());
            out.writeInt(path.length);
            out.write(path);
            out.writeInt(entry.mode().getBits());
            out.write(raw(entry.id()));
            out.writeBoolean(entry.leftOut());
        }
    }

    private static byte[] raw(ObjectId id) {
        var raw = new byte[ID];
        id.copyRawTo(raw, 0);
        return raw;
    }

    /** Reads what {@link #write} wrote. */
    public static TrackedPaths read(DataInput in) throws IOException {
        byte[] paths = bytes(in, in.readInt());
        var ends = new int[in.readInt()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = in.readInt();
        }
        BitSet executable = BitSet.valueOf(bytes(in, in.readInt()));
        var special = new TreeMap<String, Entry>();
        for (int left = in.readInt(); left > 0; left--) {
            String path = RawNames.raw(bytes(in, in.readInt()));
            FileMode mode = FileMode.fromBits(in.readInt());
            ObjectId id = ObjectId.fromRaw(bytes(in, ID));
            special.put(path, new Entry(path, mode, id, in.readBoolean()));
        }
        return new TrackedPaths(paths, ends, executable, special);
    }

    private static byte[] bytes(DataInput in, int length) throws IOException {
        var bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
