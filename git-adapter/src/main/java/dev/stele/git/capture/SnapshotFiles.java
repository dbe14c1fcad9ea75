package dev.stele.git.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest snapshots on the disk, one file for each directory, so that a new process need not
 * read a tree that it has never seen. A file that is damaged, or that belongs to another directory,
 * is as good as none, and one that is old merely saves less. Thread-safe.
 */
final class SnapshotFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
    private static final int BUFFER = 1 << 16;

    private final Path directory;

    /**
     * @param directory where the files are; made when it is needed
     */
    SnapshotFiles(Path directory) {
        this.directory = directory;
    }

    private Path file(Path project) {
        var name = new CRC32C();
        name.update(project.toString().getBytes(UTF_8));
        return directory.resolve(HexFormat.of().toHexDigits((int) name.getValue()));
    }

    /** Keeps a snapshot; whether that works is of no importance. */
    void save(Path project, Snapshot snapshot) {
        Path file = file(project);
        Path unfinished = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectories(directory);
            try {
                write(unfinished, project, snapshot);
                Files.move(unfinished, file, ATOMIC_MOVE, REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            LOG.debug("The snapshot of {} is not kept.", project, e);
        }
    }

    private static void write(Path file, Path project, Snapshot snapshot) throws IOException {
        var sum = new CRC32C();
        try (var out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                new CheckedOutputStream(Files.newOutputStream(file), sum),
                                BUFFER))) {
            out.writeUTF(project.toString());
            SnapshotFile.write(snapshot, out);
            out.flush();
            out.writeLong(sum.getValue());
        }
    }

    /** The snapshot of a directory that was kept last, or null. */
    @Nullable Snapshot load(Path project) {
        Path file = file(project);
        try {
            return isWhole(file) ? read(file, project) : null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.debug("The kept snapshot of {} is passed over.", project, e);
            return null;
        }
    }

    /** Checked first: what is read of a damaged file could ask for any amount of memory. */
    private static boolean isWhole(Path file) throws IOException {
        var sum = new CRC32C();
        long left = Files.size(file) - Long.BYTES;
        try (var in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            var buffer = new byte[BUFFER];
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
                if (read < 0) {
                    return false;
                }
                sum.update(buffer, 0, read);
                left -= read;
            }
            return left == 0 && in.readLong() == sum.getValue();
        }
    }

    private static @Nullable Snapshot read(Path file, Path project) throws IOException {
        try (var in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            return in.readUTF().equals(project.toString()) ? SnapshotFile.read(in) : null;
        }
    }

    /** Forgets a directory. */
    void forget(Path project) throws IOException {
        Files.deleteIfExists(file(project));
    }
}
