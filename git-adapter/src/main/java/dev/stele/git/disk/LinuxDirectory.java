package dev.stele.git.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.stele.git.disk.LinuxCalls.Scratch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A directory read through the system calls of Linux, by bytes and by its descriptor: nobody can
 * put something else in its place while it is open.
 */
final class LinuxDirectory implements Directory {

    private static final int LENGTH_AT = 16;
    private static final int NAME_AT = 19;

    private final int descriptor;
    private final Stamp stamp;
    private boolean closed;

    private LinuxDirectory(int descriptor, Stamp stamp) {
        this.descriptor = descriptor;
        this.stamp = stamp;
    }

    /**
     * Opens a directory.
     *
     * @param path absolute
     */
    static LinuxDirectory open(Path path) throws IOException {
        Scratch scratch = LinuxCalls.scratch();
        String raw = RawNames.of(path);
        return opened(LinuxCalls.openDirectory(scratch.name(raw), scratch), raw, scratch);
    }

    private static LinuxDirectory opened(int descriptor, String name, Scratch scratch)
            throws IOException {
        if (descriptor < 0) {
            throw LinuxCalls.failure(name, scratch);
        }
        if (LinuxCalls.statOpen(descriptor, scratch) != 0) {
            IOException failure = LinuxCalls.failure(name, scratch);
            LinuxCalls.close(descriptor);
            throw failure;
        }
        return new LinuxDirectory(descriptor, LinuxCalls.stamp(scratch.stat));
    }

    @Override
    public Stamp stamp() {
        return stamp;
    }

    @Override
    public List<DiskEntry> entries() throws IOException {
        Scratch scratch = LinuxCalls.scratch();
        List<DiskEntry> entries = new ArrayList<>();
        for (String name : names(scratch)) {
            if (LinuxCalls.stat(descriptor, scratch.name(name), scratch) == 0) {
                entries.add(new DiskEntry(name, LinuxCalls.stamp(scratch.stat)));
            } else if (scratch.error() != LinuxCalls.NOT_THERE) {
                throw LinuxCalls.failure(name, scratch);
            }
        }
        entries.sort(Comparator.comparing(DiskEntry::name));
        return entries;
    }

    private List<String> names(Scratch scratch) throws IOException {
        List<String> names = new ArrayList<>();
        long length = LinuxCalls.list(descriptor, scratch);
        while (length > 0) {
            addNames(scratch.bytes.asSlice(0, length), names);
            length = LinuxCalls.list(descriptor, scratch);
        }
        if (length < 0) {
            throw LinuxCalls.failure("", scratch);
        }
        return names;
    }

    private static void addNames(MemorySegment listed, List<String> names) {
        long at = 0;
        while (at < listed.byteSize()) {
            int length = Short.toUnsignedInt(listed.get(JAVA_SHORT_UNALIGNED, at + LENGTH_AT));
            String name = name(listed, at + NAME_AT);
            if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
            at += length;
        }
    }

    private static String name(MemorySegment listed, long start) {
        long end = start;
        while (listed.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        return RawNames.raw(listed.asSlice(start, end - start).toArray(JAVA_BYTE));
    }

    @Override
    public int[] changed(Listing known) {
        Scratch scratch = LinuxCalls.scratch();
        MemorySegment names = scratch.copy(known.terminatedNames());
        var changed = new Indexes();
        for (int i = 0; i < known.size(); i++) {
            if (known.hasStamp(i)
                    && (LinuxCalls.stat(descriptor, names.asSlice(known.start(i)), scratch) != 0
                            || !LinuxCalls.isStamp(known, i, scratch.stat))) {
                changed.add(i);
            }
        }
        return changed.toArray();
    }

    @Override
    public Stamp stamp(String name) throws IOException {
        Scratch scratch = LinuxCalls.scratch();
        if (LinuxCalls.stat(descriptor, scratch.name(name), scratch) != 0) {
            throw LinuxCalls.failure(name, scratch);
        }
        return LinuxCalls.stamp(scratch.stat);
    }

    @Override
    public Directory open(String name) throws IOException {
        Scratch scratch = LinuxCalls.scratch();
        return opened(
                LinuxCalls.openDirectory(descriptor, scratch.name(name), scratch), name, scratch);
    }

    @Override
    public ReadableByteChannel read(String name) throws IOException {
        Scratch scratch = LinuxCalls.scratch();
        int file = LinuxCalls.openFile(descriptor, scratch.name(name), scratch);
        if (file < 0) {
            throw LinuxCalls.failure(name, scratch);
        }
        return new OpenFile(file, name);
    }

    @Override
    public String readLink(String name) throws IOException {
        Scratch scratch = LinuxCalls.scratch();
        long length = LinuxCalls.readLink(descriptor, scratch.name(name), scratch);
        if (length < 0) {
            throw LinuxCalls.failure(name, scratch);
        }
        return RawNames.raw(scratch.bytes.asSlice(0, length).toArray(JAVA_BYTE));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LinuxCalls.close(descriptor);
        }
    }

    /** A file that is read. */
    private static final class OpenFile implements ReadableByteChannel {
        private final int file;
        private final String name;
        private boolean open = true;

        OpenFile(int file, String name) {
            this.file = file;
            this.name = name;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (!open) {
                throw new ClosedChannelException();
            }
            Scratch scratch = LinuxCalls.scratch();
            long length = LinuxCalls.read(file, target.remaining(), scratch);
            if (length < 0) {
                throw LinuxCalls.failure(name, scratch);
            }
            target.put(scratch.bytes.asSlice(0, length).asByteBuffer());
            return length == 0 && target.hasRemaining() ? -1 : (int) length;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                LinuxCalls.close(file);
            }
        }
    }
}
