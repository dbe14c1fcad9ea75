package dev.stele.git.disk;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A directory read through {@code java.nio.file}. */
public final class NioDirectory implements Directory {

    private static final String ATTRIBUTES = "unix:mode,nlink,size,ino,lastModifiedTime,ctime";

    private final Path path;
    private final Stamp opened;

    private NioDirectory(Path path, Stamp opened) {
        this.path = path;
        this.opened = opened;
    }

    /**
     * Opens a directory.
     *
     * @param path absolute
     */
    public static NioDirectory open(Path path) throws IOException {
        Stamp stamp = stampOf(path);
        if (!stamp.isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
        return new NioDirectory(path, stamp);
    }

    /**
     * What a path is now; a symbolic link at its end is not followed.
     *
     * @param path absolute
     * @throws NoSuchFileException when it is gone
     */
    public static Stamp stampOf(Path path) throws IOException {
        Map<String, Object> read =
                Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        return new Stamp(
                Stamp.mode((Integer) value(read, "mode"), (Integer) value(read, "nlink")),
                (Long) value(read, "size"),
                (Long) value(read, "ino"),
                nanos(value(read, "lastModifiedTime")),
                nanos(value(read, "ctime")));
    }

    private static Object value(Map<String, Object> read, String name) throws IOException {
        Object value = read.get(name);
        if (value == null) {
            throw new IOException("The file system does not tell the attribute " + name + ".");
        }
        return value;
    }

    private static long nanos(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }

    @Override
    public Stamp stamp() {
        return opened;
    }

    @Override
    public List<DiskEntry> entries() throws IOException {
        List<DiskEntry> entries = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(path)) {
            for (Path child : stream) {
                add(child, entries);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        requireUnmoved();
        entries.sort(Comparator.comparing(DiskEntry::name));
        return entries;
    }

    private static void add(Path child, List<DiskEntry> entries) throws IOException {
        try {
            entries.add(new DiskEntry(RawNames.of(child.getFileName()), stampOf(child)));
        } catch (NoSuchFileException e) {
            // Deleted since its name was read: not there.
        }
    }

    /** The stream follows links, so somebody could have put one in the directory's place. */
    private void requireUnmoved() throws IOException {
        Stamp now = stampOf(path);
        if (!now.isDirectory() || now.inode() != opened.inode()) {
            throw new NotDirectoryException(path.toString());
        }
    }

    @Override
    public Stamp stamp(String name) throws IOException {
        return stampOf(RawNames.resolve(path, name));
    }

    @Override
    public int[] changed(Listing known) throws IOException {
        var changed = new Indexes();
        for (int i = 0; i < known.size(); i++) {
            if (known.hasStamp(i) && !isAs(known, i)) {
                changed.add(i);
            }
        }
        return changed.toArray();
    }

    private boolean isAs(Listing known, int index) throws IOException {
        try {
            return known.isStamp(index, stamp(known.name(index)));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public Directory open(String name) throws IOException {
        return open(RawNames.resolve(path, name));
    }

    @Override
    public ReadableByteChannel read(String name) throws IOException {
        return Files.newByteChannel(
                RawNames.resolve(path, name),
                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public String readLink(String name) throws IOException {
        return RawNames.of(Files.readSymbolicLink(RawNames.resolve(path, name)));
    }

    @Override
    public void close() {
        // Nothing is held open between calls.
    }
}
