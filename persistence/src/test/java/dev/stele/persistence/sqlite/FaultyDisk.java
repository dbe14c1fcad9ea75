package dev.stele.persistence.sqlite;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk under SQLite that fails on demand, and that remembers what was written and synced, in
 * order: see {@link PowerLoss}. It knows only one store's files. One at a time.
 */
@SuppressWarnings("restricted") // of native memory; the tests run with the right to it
final class FaultyDisk implements AutoCloseable {

    /** What the disk can be asked to do from now on. */
    enum Mood {
        /** All is well. */
        GOOD(0),
        /** Nothing can be written any more. */
        BROKEN(5),
        /** There is no room. */
        FULL(28),
        /** There is room for half of what is written, and then none. */
        NEARLY_FULL(28),
        /** Nothing can be read any more. */
        UNREADABLE(5),
        /** Syncs are claimed and not done. */
        LYING(0);

        private final int errno;

        Mood(int errno) {
            this.errno = errno;
        }
    }

    private static final FunctionDescriptor FSYNC = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor FTRUNCATE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final FunctionDescriptor TRANSFER =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor ERRNO = FunctionDescriptor.of(ADDRESS);
    private static final int FAILED = -1;

    private final SystemCalls calls = new SystemCalls();
    private final MethodHandle fsync = SystemCalls.original("fsync", FSYNC);
    private final MethodHandle ftruncate = SystemCalls.original("ftruncate64", FTRUNCATE);
    private final MethodHandle pwrite = SystemCalls.original("pwrite64", TRANSFER);
    private final MethodHandle pread = SystemCalls.original("pread64", TRANSFER);
    private final MethodHandle errno = SystemCalls.original("__errno_location", ERRNO);
    private final Path database;
    private final List<Deed> deeds = new ArrayList<>();
    private volatile Mood mood = Mood.GOOD;
    private boolean halfIsWritten;

    /** What was done to the disk, or told to somebody. */
    sealed interface Deed {

        /** Bytes were written. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Written(Path file, long offset, byte[] bytes) implements Deed {}

        /** A file was cut to a length. */
        record Cut(Path file, long length) implements Deed {}

        /** All that was written to a file before was synced. */
        record Synced(Path file) implements Deed {}

        /** Somebody was told that a log of this length is durable. */
        record Acknowledged(long head) implements Deed {}
    }

    /**
     * A good disk, until it is told otherwise.
     *
     * @param database the store's file
     */
    FaultyDisk(Path database) throws IOException, ReflectiveOperationException {
        this.database = database;
        replace("fsync", "sync", FSYNC);
        replace("ftruncate64", "cut", FTRUNCATE);
        replace("pwrite64", "write", TRANSFER);
        replace("pread64", "read", TRANSFER);
    }

    private void replace(String function, String method, FunctionDescriptor signature)
            throws IOException, ReflectiveOperationException {
        MethodType type = signature.toMethodType();
        calls.replace(function, MethodHandles.lookup().bind(this, method, type), signature);
    }

    /** From now on. */
    void become(Mood newMood) {
        mood = newMood;
        halfIsWritten = false;
    }

    /** Remembers what somebody was told. */
    synchronized void acknowledge(long head) {
        deeds.add(new Deed.Acknowledged(head));
    }

    /** All that was done so far, in order. */
    synchronized List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    private synchronized void remember(Deed deed) {
        deeds.add(deed);
    }

    private Path file(int descriptor) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
    }

    private boolean isOurs(Path file) {
        return file.toString().startsWith(database.toString());
    }

    /** Called by SQLite, as those that follow. */
    @SuppressWarnings({"unused", "UnusedMethod"}) // by its name
    private int sync(int descriptor) throws Throwable {
        Path file = file(descriptor);
        if (isOurs(file)) {
            if (mood == Mood.BROKEN) {
                return (int) failed();
            }
            if (mood == Mood.LYING) {
                return 0;
            }
            remember(new Deed.Synced(file));
        }
        return (int) fsync.invokeExact(descriptor);
    }

    @SuppressWarnings({"unused", "UnusedMethod"}) // by its name
    private int cut(int descriptor, long length) throws Throwable {
        Path file = file(descriptor);
        if (isOurs(file)) {
            remember(new Deed.Cut(file, length));
        }
        return (int) ftruncate.invokeExact(descriptor, length);
    }

    @SuppressWarnings({"unused", "UnusedMethod"}) // by its name
    private long write(int descriptor, MemorySegment from, long length, long offset)
            throws Throwable {
        Path file = file(descriptor);
        long possible = isOurs(file) ? writable(length) : length;
        if (possible < 0) {
            return failed();
        }
        if (isOurs(file)) {
            byte[] bytes = from.reinterpret(possible).toArray(JAVA_BYTE);
            remember(new Deed.Written(file, offset, bytes));
        }
        return (long) pwrite.invokeExact(descriptor, from, possible, offset);
    }

    private long writable(long length) {
        return switch (mood) {
            case GOOD, LYING, UNREADABLE -> length;
            case BROKEN, FULL -> FAILED;
            case NEARLY_FULL -> {
                boolean full = halfIsWritten;
                halfIsWritten = true;
                yield full ? FAILED : length / 2;
            }
        };
    }

    @SuppressWarnings({"unused", "UnusedMethod"}) // by its name
    private long read(int descriptor, MemorySegment to, long length, long offset) throws Throwable {
        return mood == Mood.UNREADABLE && isOurs(file(descriptor))
                ? failed()
                : (long) pread.invokeExact(descriptor, to, length, offset);
    }

    private long failed() throws Throwable {
        var place = (MemorySegment) errno.invokeExact();
        place.reinterpret(JAVA_INT.byteSize()).set(JAVA_INT, 0, mood.errno);
        return FAILED;
    }

    @Override
    public void close() {
        calls.close();
    }
}
