package dev.stele.git.repository;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.stele.git.disk.LocalDisk;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * New objects on their way into a repository. They become visible all at once, as one pack that is
 * on the disk before its name is; until then, and after a failure, nothing of them is seen.
 * Thread-safe.
 *
 * <p>Up to a limit objects are written without asking whether the repository holds them already:
 * asking makes JGit load the index of every pack, which costs more than duplicates that the next
 * garbage collection drops.
 */
public final class NewPack implements NewObjects, Closeable {

    /**
     * The start of the names of unfinished packs; git removes what is left of them after a while.
     */
    static final String UNFINISHED = "tmp_pack_stele_";

    /** So many objects are written unasked where all of the tree is new. */
    private static final int UNASKED = 32;

    /** And so many where most of it is known, so that those are new indeed that are not. */
    private static final int UNASKED_CHANGES = 512;

    /** In no case more than that, in bytes: it would be a large duplicate. */
    private static final long MOST_UNASKED = 8 << 20;

    private static final int INDEX_VERSION = 2;
    private static final String READ_ONLY = "r--r--r--";

    private final Path directory;
    private final Predicate<ObjectId> isInRepository;
    private final Compressors compressors = new Compressors();
    private int unasked = UNASKED;
    private long bytes;
    private final List<PackedObjectInfo> written = new ArrayList<>();
    private final Set<ObjectId> ids = new HashSet<>();
    private @Nullable PackFile unfinished;

    NewPack(Path objects, Predicate<ObjectId> isInRepository) {
        this.directory = objects.resolve("pack");
        this.isInRepository = isInRepository;
    }

    /** Several threads compress at once. */
    @Override
    public void add(int type, ObjectId id, byte[] content, int length) {
        if (isKnown(id) || !claim(id, length)) {
            return;
        }
        PackedObject packed = compressors.compress(type, content, length);
        synchronized (this) {
            record(id, pack().append(packed), packed.checksum());
        }
    }

    /** Nobody else adds an object that is claimed. */
    private synchronized boolean claim(ObjectId id, int length) {
        bytes += length;
        return ids.add(id);
    }

    @Override
    public synchronized @Nullable ObjectId add(int type, long size, InputStream content)
            throws IOException {
        PackFile pack = pack();
        long start = pack.begin(type, size);
        try {
            ObjectId id = pack.copy(type, size, content);
            if (id != null && ids.add(id)) {
                record(id, start, pack.end());
            } else {
                pack.backTo(start);
            }
            return id;
        } catch (IOException e) {
            pack.backTo(start);
            throw e;
        }
    }

    private void record(ObjectId id, long start, int checksum) {
        var info = new PackedObjectInfo(id);
        info.setOffset(start);
        info.setCRC(checksum);
        written.add(info);
    }

    @Override
    public boolean isKnown(ObjectId id) {
        boolean ask;
        synchronized (this) {
            if (ids.contains(id)) {
                return true;
            }
            ask = ids.size() >= unasked || bytes > MOST_UNASKED;
        }
        return ask && isInRepository.test(id);
    }

    @Override
    public synchronized void ofChanges() {
        unasked = UNASKED_CHANGES;
    }

    /** Makes the objects part of the repository, on the disk. Nothing can be added any more. */
    public synchronized void finish() throws IOException {
        if (unfinished != null) {
            publish(List.of());
            FileSync.force(directory);
        }
    }

    /**
     * The same with a ref to one of them, which is never on the disk before they are.
     *
     * @param ref is published, too
     * @return the pack that holds them
     */
    synchronized Path finish(NewRef ref) throws IOException {
        Path file = publish(List.of(ref.lock()));
        List<Path> changed = new ArrayList<>(ref.directories());
        if (LocalDisk.keepsOrder(directory, changed.getFirst())) {
            changed.add(directory);
        } else {
            FileSync.force(directory);
        }
        ref.publish();
        FileSync.forceAll(changed);
        return file;
    }

    /**
     * Gives the pack its name.
     *
     * @param others what has to be on the disk before, as well: what is synced together takes
     *     hardly longer
     */
    private Path publish(List<Path> others) throws IOException {
        PackFile pack = pack();
        byte[] checksum = pack.finish(written.size());
        written.sort(null);
        Path index = pack.path().resolveSibling(pack.path().getFileName() + ".idx");
        List<Path> files = new ArrayList<>(others);
        files.add(pack.path());
        files.add(index);
        try {
            writeIndex(index, checksum);
            FileSync.forceAll(files);
            return publish(pack.path(), index);
        } finally {
            Files.deleteIfExists(index);
        }
    }

    private void writeIndex(Path index, byte[] checksum) throws IOException {
        try (FileChannel channel = newFile(index);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            BasePackIndexWriter.createVersion(out, INDEX_VERSION).write(written, checksum);
        }
    }

    /**
     * A pack of that name holds the same objects; replacing it would pull it from under readers.
     */
    private Path publish(Path pack, Path index) throws IOException {
        String name = "pack-" + nameOf(written);
        Path finalPack = directory.resolve(name + ".pack");
        Path finalIndex = directory.resolve(name + ".idx");
        if (Files.exists(finalIndex)) {
            return finalPack;
        }
        var readOnly = PosixFilePermissions.fromString(READ_ONLY);
        Files.setPosixFilePermissions(pack, readOnly);
        Files.setPosixFilePermissions(index, readOnly);
        Files.move(pack, finalPack, ATOMIC_MOVE);
        Files.move(index, finalIndex, ATOMIC_MOVE);
        return finalPack;
    }

    private static String nameOf(List<PackedObjectInfo> sorted) {
        MessageDigest digest = ObjectHash.sha1();
        var raw = new byte[20];
        for (PackedObjectInfo info : sorted) {
            info.copyRawTo(raw, 0);
            digest.update(raw);
        }
        return ObjectId.fromRaw(digest.digest()).name();
    }

    private PackFile pack() {
        PackFile open = unfinished;
        if (open == null) {
            Path file = directory.resolve(UNFINISHED + UUID.randomUUID());
            try {
                // Git makes it only when it is needed, so a new repository may lack it.
                Files.createDirectories(directory);
                open = new PackFile(file, newFile(file));
            } catch (IOException e) {
                throw PackFile.unwritable(file, e);
            }
            unfinished = open;
        }
        return open;
    }

    private static FileChannel newFile(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @Override
    public synchronized void close() throws IOException {
        PackFile open = unfinished;
        unfinished = null;
        compressors.close();
        if (open != null) {
            open.close();
            Files.deleteIfExists(open.path());
        }
    }
}
