package dev.stele.git.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.stele.git.disk.LinuxCalls.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells which directories of a tree something happened in. The kernel keeps the list while nobody
 * asks, so that it costs no thread. A change is in the list before the call that made it returns;
 * what a program writes through a mapping of a file is in it when the mapping ends.
 *
 * <p>It gives up, for good, when it may have missed something: then {@link #drain} says so.
 * Thread-safe.
 */
public final class TreeWatch implements AutoCloseable {

    private static final int MODIFIED = 0x2;
    private static final int ATTRIBUTES = 0x4;
    private static final int WRITTEN = 0x8;
    private static final int MOVED_AWAY = 0x40;
    private static final int MOVED_HERE = 0x80;
    private static final int MADE = 0x100;
    private static final int DELETED = 0x200;
    private static final int SELF_DELETED = 0x400;
    private static final int SELF_MOVED = 0x800;
    private static final int UNMOUNTED = 0x2000;
    private static final int OVERFLOW = 0x4000;
    private static final int FORGOTTEN = 0x8000;
    private static final int DIRECTORIES_ONLY = 0x0100_0000;
    private static final int NO_LINKS = 0x0200_0000;
    private static final int NOT_WHEN_UNLINKED = 0x0400_0000;
    private static final int OF_DIRECTORY = 0x4000_0000;

    private static final int WANTED =
            MODIFIED
                    | ATTRIBUTES
                    | WRITTEN
                    | MOVED_AWAY
                    | MOVED_HERE
                    | MADE
                    | DELETED
                    | SELF_DELETED
                    | SELF_MOVED
                    | DIRECTORIES_ONLY
                    | NO_LINKS
                    | NOT_WHEN_UNLINKED;

    private static final int HEADER = 16;

    /** Each takes about a kilobyte of the kernel's memory, and a quarter of one here. */
    private static final int MOST = 50_000;

    private static final Path MOST_WATCHES = Path.of("/proc/sys/fs/inotify/max_user_watches");

    private final String rawRoot;
    private final String mounts;
    private final int queue;
    private final int most;
    private final Map<Integer, String> directories = new HashMap<>();
    private volatile boolean doubtful;
    private volatile boolean exhausted;
    private boolean closed;

    private TreeWatch(Path root, String mounts, int queue, int most) {
        this.rawRoot = RawNames.of(root);
        this.mounts = mounts;
        this.queue = queue;
        this.most = most;
    }

    /**
     * Begins to watch a tree, of which no directory is watched yet.
     *
     * @param root absolute and without links
     * @param others how many directories are watched already, in other trees
     * @return null where that cannot be done, or cannot be relied on
     */
    public static @Nullable TreeWatch open(Path root, int others) {
        if (DirectoryReader.fastest() != DirectoryReader.LINUX) {
            return null;
        }
        try {
            String mounts = LocalDisk.mounts();
            if (!LocalDisk.isAllOf(root, mounts)) {
                return null;
            }
            int most = mostWatches() - others;
            int queue = LinuxCalls.openWatch();
            return queue < 0 ? null : new TreeWatch(root, mounts, queue, most);
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    /**
     * How many directories may be watched in all: at most half of what the system allows, so that
     * other programs of the user have some left.
     */
    private static int mostWatches() throws IOException {
        try (InputStream allowed = Files.newInputStream(MOST_WATCHES)) {
            // In one piece: the kernel gives no rest of such a file.
            String number = new String(allowed.readNBytes(32), StandardCharsets.US_ASCII);
            return Math.min(MOST, Integer.parseInt(number.strip()) / 2);
        }
    }

    /**
     * Watches a directory; called before it is read. One that is watched already stays so.
     *
     * @param path its raw path from the root, which is empty itself
     */
    public synchronized void add(String path) {
        if (closed || doubtful) {
            return;
        }
        Scratch scratch = LinuxCalls.scratch();
        String absolute = path.isEmpty() ? rawRoot : rawRoot + "/" + path;
        int number = LinuxCalls.watch(queue, scratch.name(absolute), WANTED, scratch);
        if (number < 0) {
            noteFailure(scratch.error());
        } else if (directories.put(number, path) == null) {
            exhausted |= directories.size() > most;
            doubtful |= exhausted;
        }
    }

    private void noteFailure(int error) {
        exhausted |= error == LinuxCalls.NO_SPACE;
        // One that is gone by now, or may not be read, is not read either.
        doubtful |=
                error != LinuxCalls.NOT_THERE
                        && error != LinuxCalls.NOT_ACCESSIBLE
                        && error != LinuxCalls.NO_DIRECTORY;
    }

    /** How many directories are watched. */
    public synchronized int size() {
        return directories.size();
    }

    /**
     * Whether the system has not enough watches for the tree, so that it is no use to try again.
     */
    public boolean isExhausted() {
        return exhausted;
    }

    /** What is told of directories; paths are raw and start at the root. */
    public interface Listener {
        /** Something happened to the names in a directory, or to a file of such a name. */
        void touched(String directory);

        /** A directory has come into being: nothing is known of what is in it. */
        void made(String directory);
    }

    /**
     * Tells all that has happened since it was asked last.
     *
     * @return whether that is all; if not, it has to be closed and everything be read again
     */
    public synchronized boolean drain(Listener listener) {
        if (closed || doubtful || !hasSameMounts()) {
            return false;
        }
        Scratch scratch = LinuxCalls.scratch();
        long length = LinuxCalls.read(queue, scratch.bytes.byteSize(), scratch);
        while (length > 0) {
            MemorySegment events = scratch.bytes.asSlice(0, length);
            for (long at = 0; at < length; at = tell(events, at, listener)) {
                // Each tells where the next one is.
            }
            length = LinuxCalls.read(queue, scratch.bytes.byteSize(), scratch);
        }
        doubtful |= scratch.error() != LinuxCalls.TRY_AGAIN;
        return !doubtful;
    }

    private boolean hasSameMounts() {
        try {
            return mounts.equals(LocalDisk.mounts());
        } catch (IOException e) {
            return false;
        }
    }

    /** Tells of the event at a place; returns where the next one is. */
    private long tell(MemorySegment events, long at, Listener listener) {
        int number = events.get(JAVA_INT_UNALIGNED, at);
        int what = events.get(JAVA_INT_UNALIGNED, at + 4);
        int length = events.get(JAVA_INT_UNALIGNED, at + 12);
        String directory = directories.get(number);
        if ((what & (OVERFLOW | UNMOUNTED | SELF_MOVED)) != 0
                || (what & (MOVED_AWAY | OF_DIRECTORY)) == (MOVED_AWAY | OF_DIRECTORY)) {
            // Where the watched directories are by now is not known any more.
            doubtful = true;
        } else if (directory != null) {
            tell(directory, number, what, name(events, at + HEADER, length), listener);
        }
        return at + HEADER + length;
    }

    private void tell(String directory, int number, int what, String name, Listener listener) {
        if ((what & FORGOTTEN) != 0) {
            directories.remove(number);
        }
        doubtful |= directory.isEmpty() && (what & (SELF_DELETED | FORGOTTEN)) != 0;
        listener.touched(directory);
        if ((what & OF_DIRECTORY) != 0 && (what & (MADE | MOVED_HERE)) != 0) {
            listener.made(directory.isEmpty() ? name : directory + "/" + name);
        }
    }

    private static String name(MemorySegment events, long start, int length) {
        long end = start;
        while (end < start + length && events.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        return RawNames.raw(events.asSlice(start, end - start).toArray(JAVA_BYTE));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LinuxCalls.close(queue);
        }
    }
}
