package dev.stele.git.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of a directory with their stamps, in arrays: large trees have many of them. Ordered by the
 * bytes of the names. Immutable.
 */
public final class Listing {

    /** The numbers of a stamp but its mode. */
    private static final int NUMBERS = 4;

    /** The names, each with a zero at its end: as system calls take them. */
    private final byte[] names;

    private final int[] starts;

    /** Zero for a name without a stamp. */
    private final int[] modes;

    private final long[] numbers;

    private Listing(byte[] names, int[] starts, int[] modes, long[] numbers) {
        this.names = names;
        this.starts = starts;
        this.modes = modes;
        this.numbers = numbers;
    }

    /**
     * One name of a listing.
     *
     * @param name a raw name
     * @param stamp what is known of it, if anything
     */
    public record Line(String name, @Nullable Stamp stamp) {}

    /**
     * A listing.
     *
     * @param lines its names, ordered by their bytes
     */
    public static Listing of(List<Line> lines) {
        int size = lines.size();
        var listing =
                new Listing(namesOf(lines), new int[size], new int[size], new long[size * NUMBERS]);
        int start = 0;
        for (int i = 0; i < size; i++) {
            listing.starts[i] = start;
            start += lines.get(i).name().length() + 1;
            listing.put(i, lines.get(i).stamp());
        }
        return listing;
    }

    private static byte[] namesOf(List<Line> lines) {
        var names = new ByteArrayOutputStream(lines.size() * 16);
        for (Line line : lines) {
            names.writeBytes(RawNames.bytes(line.name()));
            names.write(0);
        }
        return names.toByteArray();
    }

    private void put(int index, @Nullable Stamp stamp) {
        modes[index] = stamp == null ? 0 : stamp.mode();
        if (stamp != null) {
            int at = index * NUMBERS;
            numbers[at] = stamp.size();
            numbers[at + 1] = stamp.inode();
            numbers[at + 2] = stamp.modified();
            numbers[at + 3] = stamp.changed();
        }
    }

    /** How many names there are. */
    public int size() {
        return starts.length;
    }

    /** A raw name. */
    public String name(int index) {
        int start = starts[index];
        return new String(names, start, end(index) - start, ISO_8859_1);
    }

    private int end(int index) {
        return (index + 1 < starts.length ? starts[index + 1] : names.length) - 1;
    }

    /** Whether the stamp of a name is known. */
    public boolean hasStamp(int index) {
        return modes[index] != 0;
    }

    /** The stamp of a name, or null when none is known. */
    public @Nullable Stamp stamp(int index) {
        int at = index * NUMBERS;
        return modes[index] == 0
                ? null
                : new Stamp(
                        modes[index],
                        numbers[at],
                        numbers[at + 1],
                        numbers[at + 2],
                        numbers[at + 3]);
    }

    /** Whether a name's stamp is known and is this one. */
    public boolean isStamp(int index, Stamp stamp) {
        return isStamp(
                index,
                stamp.mode(),
                stamp.size(),
                stamp.inode(),
                stamp.modified(),
                stamp.changed());
    }

    /** {@link #isStamp(int, Stamp)} without an object for each of very many stamps. */
    boolean isStamp(int index, int mode, long size, long inode, long modified, long changed) {
        int at = index * NUMBERS;
        return modes[index] == mode
                && numbers[at] == size
                && numbers[at + 1] == inode
                && numbers[at + 2] == modified
                && numbers[at + 3] == changed;
    }

    /** The size of a file whose stamp is known. */
    public long fileSize(int index) {
        return numbers[index * NUMBERS];
    }

    /** Whether any stamp is that of a file with other names too. */
    public boolean hasShared() {
        for (int mode : modes) {
            if ((mode & Stamp.SHARED) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Where a raw name is, or a negative number when it is not in it. */
    public int find(String name) {
        byte[] wanted = RawNames.bytes(name);
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order =
                    Arrays.compareUnsigned(
                            names, starts[middle], end(middle), wanted, 0, wanted.length);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }

    /** All names as system calls take them; not to be written. */
    byte[] terminatedNames() {
        return names;
    }

    /** Where a name starts in {@link #terminatedNames}. */
    int start(int index) {
        return starts[index];
    }

    /** Writes it for {@link #read}. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(starts.length);
        out.writeInt(names.length);
        out.write(names);
        for (int i = 0; i < starts.length; i++) {
            out.writeInt(modes[i]);
            if (modes[i] != 0) {
                for (int j = 0; j < NUMBERS; j++) {
                    out.writeLong(numbers[i * NUMBERS + j]);
                }
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when it ends too early or is none
     */
    public static Listing read(DataInput in) throws IOException {
        int size = in.readInt();
        var names = new byte[in.readInt()];
        in.readFully(names);
        var listing =
                new Listing(names, starts(names, size), new int[size], new long[size * NUMBERS]);
        for (int i = 0; i < size; i++) {
            listing.modes[i] = in.readInt();
            for (int j = 0; j < NUMBERS && listing.modes[i] != 0; j++) {
                listing.numbers[i * NUMBERS + j] = in.readLong();
            }
        }
        return listing;
    }

    private static int[] starts(byte[] names, int size) throws IOException {
        var starts = new int[size];
        int found = 0;
        for (int i = 0; i < names.length; i++) {
            if (i == 0 || names[i - 1] == 0) {
                if (found == size) {
                    throw new IOException("A listing has more names than it says.");
                }
                starts[found++] = i;
            }
        }
        if (found != size) {
            throw new IOException("A listing has fewer names than it says.");
        }
        return starts;
    }
}
