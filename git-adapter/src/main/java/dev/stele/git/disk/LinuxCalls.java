package dev.stele.git.disk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.NoSuchElementException;

/**
 * The system calls of Linux that look at directories: a file's stamp costs one of them, and no
 * string or path is made for it. Thread-safe.
 */
final class LinuxCalls {

    /** No such process, and the like: the error numbers that are told apart. */
    static final int NOT_PERMITTED = 1;

    static final int NOT_THERE = 2;
    static final int IO_ERROR = 5;
    static final int TRY_AGAIN = 11;
    static final int NOT_ACCESSIBLE = 13;
    static final int NO_DIRECTORY = 20;
    static final int TOO_MANY_OPEN = 24;
    static final int NO_SPACE = 28;
    static final int A_LINK = 40;

    private static final String ARCHITECTURE = System.getProperty("os.arch", "");
    private static final boolean ARM = ARCHITECTURE.equals("aarch64");

    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int DO_NOT_BLOCK = 0x800;
    private static final int A_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int NO_LINK = ARM ? 0x8000 : 0x20000;
    private static final int NO_LINK_AT = 0x100;
    private static final int EMPTY_PATH = 0x1000;
    private static final int BASIC_STATS = 0x7FF;

    /** The clock that the kernel stamps files by: it ticks some hundred times a second. */
    private static final int COARSE_CLOCK = 5;

    /** Stands for the working directory, where a path is absolute all the same. */
    static final int NO_BASE = -100;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private LinuxCalls() {}

    /** Bound when they are first needed; then only where the platform is the right one. */
    private static final class Bound {
        static final MethodHandle OPEN = bind("openat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
        static final MethodHandle STAT =
                bind("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
        static final MethodHandle LIST =
                bind("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
        static final MethodHandle READ = bind("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
        static final MethodHandle READ_LINK =
                bind("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
        static final MethodHandle FILE_SYSTEM = bind("statfs", JAVA_INT, ADDRESS, ADDRESS);
        static final MethodHandle CLOCK = bind("clock_gettime", JAVA_INT, JAVA_INT, ADDRESS);
        static final MethodHandle SYNC_ALL = bind("syncfs", JAVA_INT, JAVA_INT);
        static final MethodHandle WATCH_INIT = bind("inotify_init1", JAVA_INT, JAVA_INT);
        static final MethodHandle WATCH_ADD =
                bind("inotify_add_watch", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

        private Bound() {}

        @SuppressWarnings("restricted")
        private static MethodHandle bind(
                String name, MemoryLayout result, MemoryLayout... arguments) {
            MemorySegment symbol = LINKER.defaultLookup().findOrThrow(name);
            return LINKER.downcallHandle(
                    symbol,
                    FunctionDescriptor.of(result, arguments),
                    Linker.Option.captureCallState("errno"));
        }
    }

    /** The memory of one thread that calls write to. */
    static final class Scratch {
        private static final int LARGE = 1 << 16;

        final MemorySegment state;
        final MemorySegment stat;
        final MemorySegment bytes;
        private MemorySegment names;

        @SuppressWarnings("restricted")
        private Scratch() {
            Arena arena = Arena.ofAuto();
            state = arena.allocate(STATE);
            stat = arena.allocate(256, 8);
            bytes = arena.allocate(LARGE, 8);
            names = arena.allocate(4096, 8);
        }

        /** Bytes as a call takes them. */
        MemorySegment copy(byte[] content) {
            if (names.byteSize() < content.length) {
                names = Arena.ofAuto().allocate(content.length * 2L, 8);
            }
            MemorySegment.copy(
                    content, 0, names, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, content.length);
            return names;
        }

        /** A raw name or path as a call takes it. */
        MemorySegment name(String raw) {
            return copy(RawNames.bytes(raw + '\0'));
        }

        int error() {
            return state.get(JAVA_INT, ERRNO);
        }
    }

    private static final ThreadLocal<Scratch> SCRATCHES = ThreadLocal.withInitial(Scratch::new);

    static Scratch scratch() {
        return SCRATCHES.get();
    }

    /**
     * Whether they can be used here: on Linux, where this program may call native code without a
     * warning.
     */
    static boolean areAvailable() {
        boolean known = ARM || ARCHITECTURE.equals("amd64");
        return known
                && "Linux".equals(System.getProperty("os.name"))
                && LinuxCalls.class.getModule().isNativeAccessEnabled()
                && work();
    }

    /** An old C library lacks some of them, and some sandboxes forbid them. */
    private static boolean work() {
        try {
            Scratch scratch = scratch();
            return stat(NO_BASE, scratch.name("/"), scratch) == 0
                    && scratch.stat.get(JAVA_INT, 0) != 0;
        } catch (NoSuchElementException | ExceptionInInitializerError | NoClassDefFoundError e) {
            return false;
        }
    }

    /** Opens a directory, following no link at the end of its name; negative when it cannot be. */
    static int openDirectory(int base, MemorySegment name, Scratch scratch) {
        return open(base, name, A_DIRECTORY, scratch);
    }

    /** The same by an absolute path. */
    static int openDirectory(MemorySegment path, Scratch scratch) {
        return open(NO_BASE, path, A_DIRECTORY, scratch);
    }

    /** Opens a file without waiting, should it be a pipe by now; negative when it cannot be. */
    static int openFile(int base, MemorySegment name, Scratch scratch) {
        return open(base, name, 0, scratch);
    }

    private static int open(int base, MemorySegment name, int more, Scratch scratch) {
        int flags = CLOSE_ON_EXEC | NO_LINK | DO_NOT_BLOCK | more;
        try {
            return (int) Bound.OPEN.invokeExact(scratch.state, base, name, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(int descriptor) {
        Scratch scratch = scratch();
        try {
            int ignored = (int) Bound.CLOSE.invokeExact(scratch.state, descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Asks for a name's stamp, for {@link #stamp}; not zero when it cannot be told. */
    static int stat(int base, MemorySegment name, Scratch scratch) {
        return stat(base, name, NO_LINK_AT, scratch);
    }

    /** Asks for the stamp of something open. */
    static int statOpen(int descriptor, Scratch scratch) {
        return stat(descriptor, scratch.name(""), EMPTY_PATH, scratch);
    }

    private static int stat(int base, MemorySegment name, int flags, Scratch scratch) {
        try {
            return (int)
                    Bound.STAT.invokeExact(
                            scratch.state, base, name, flags, BASIC_STATS, scratch.stat);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Reads some entries of a directory into the bytes; zero at the end, negative for an error. */
    static long list(int directory, Scratch scratch) {
        try {
            return (long)
                    Bound.LIST.invokeExact(
                            scratch.state, directory, scratch.bytes, scratch.bytes.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Reads into the bytes; zero at the end, negative for an error. */
    static long read(int file, long atMost, Scratch scratch) {
        long length = Math.min(atMost, scratch.bytes.byteSize());
        try {
            return (long) Bound.READ.invokeExact(scratch.state, file, scratch.bytes, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Reads the target of a link into the bytes; negative for an error. */
    static long readLink(int base, MemorySegment name, Scratch scratch) {
        try {
            return (long)
                    Bound.READ_LINK.invokeExact(
                            scratch.state, base, name, scratch.bytes, scratch.bytes.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The kernel's number of the kind of file system that a path is on, or zero. */
    static long fileSystem(MemorySegment path, Scratch scratch) {
        try {
            int failed = (int) Bound.FILE_SYSTEM.invokeExact(scratch.state, path, scratch.stat);
            return failed == 0 ? scratch.stat.get(JAVA_LONG, 0) : 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The time that a file written now is stamped with at the least, or zero when it is hidden. */
    static long stampingTime(Scratch scratch) {
        try {
            int failed = (int) Bound.CLOCK.invokeExact(scratch.state, COARSE_CLOCK, scratch.stat);
            return failed == 0
                    ? scratch.stat.get(JAVA_LONG, 0) * NANOS + scratch.stat.get(JAVA_LONG, 8)
                    : 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Waits until all of the file system of something open is on its disk; not zero if not. */
    static int syncAll(int descriptor, Scratch scratch) {
        try {
            return (int) Bound.SYNC_ALL.invokeExact(scratch.state, descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Opens a queue of what happens in watched directories; negative when there is none. */
    static int openWatch() {
        try {
            return (int)
                    Bound.WATCH_INIT.invokeExact(scratch().state, CLOSE_ON_EXEC | DO_NOT_BLOCK);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Watches a directory; the number of the watch, or negative. */
    static int watch(int queue, MemorySegment path, int events, Scratch scratch) {
        try {
            return (int) Bound.WATCH_ADD.invokeExact(scratch.state, queue, path, events);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("A call of the C library cannot be made.", e);
    }

    /** What a failed call means, as the JDK would say it. */
    static FileSystemException failure(String name, Scratch scratch) {
        int error = scratch.error();
        String shown = RawNames.display(name);
        return switch (error) {
            case NOT_THERE -> new NoSuchFileException(shown);
            case NOT_PERMITTED, NOT_ACCESSIBLE -> new AccessDeniedException(shown);
            case NO_DIRECTORY, A_LINK -> new NotDirectoryException(shown);
            case IO_ERROR -> new FileSystemException(shown, null, "Input/output error");
            case TOO_MANY_OPEN -> new FileSystemException(shown, null, "Too many open files");
            default -> new FileSystemException(shown, null, "error " + error);
        };
    }

    // struct statx, which is the same on every architecture

    private static final long NAMES_AT = 16;
    private static final long MODE_AT = 28;
    private static final long INODE_AT = 32;
    private static final long SIZE_AT = 40;
    private static final long CHANGED_AT = 96;
    private static final long MODIFIED_AT = 112;
    private static final long NANOS = 1_000_000_000L;

    static Stamp stamp(MemorySegment stat) {
        return new Stamp(mode(stat), size(stat), inode(stat), modified(stat), changed(stat));
    }

    /** Whether the known stamp of a name is the one that was asked for last. */
    static boolean isStamp(Listing known, int index, MemorySegment stat) {
        return known.isStamp(
                index, mode(stat), size(stat), inode(stat), modified(stat), changed(stat));
    }

    private static int mode(MemorySegment stat) {
        int mode = Short.toUnsignedInt(stat.get(java.lang.foreign.ValueLayout.JAVA_SHORT, MODE_AT));
        return Stamp.mode(mode, stat.get(JAVA_INT, NAMES_AT));
    }

    private static long size(MemorySegment stat) {
        return stat.get(JAVA_LONG, SIZE_AT);
    }

    private static long inode(MemorySegment stat) {
        return stat.get(JAVA_LONG, INODE_AT);
    }

    private static long modified(MemorySegment stat) {
        return time(stat, MODIFIED_AT);
    }

    private static long changed(MemorySegment stat) {
        return time(stat, CHANGED_AT);
    }

    private static long time(MemorySegment stat, long at) {
        return stat.get(JAVA_LONG, at) * NANOS + stat.get(JAVA_INT, at + 8);
    }
}
