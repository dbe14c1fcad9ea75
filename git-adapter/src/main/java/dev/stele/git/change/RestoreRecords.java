package dev.stele.git.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.FileSync;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What restores have changed, path by path, one small file each: the checkpoint that was brought
 * back does not tell it when something was left or merged. They are kept as long as the thread.
 * Thread-safe.
 */
public final class RestoreRecords {

    private final Path directory;

    /**
     * @param directory Stele's own; a folder is made in it when it is needed
     */
    public RestoreRecords(Path directory) {
        this.directory = directory.resolve("restored");
    }

    /**
     * Keeps what a restore has changed; it is on the disk when this returns. A restore for which it
     * does not return is done again, and kept again.
     *
     * @param project the project's directory, absolute and without links
     * @param directories those in it of which the names have to be on the disk then as well:
     *     syncing all of it together takes hardly longer
     */
    public void keep(
            ThreadId thread,
            OperationId restoreId,
            List<PathChange> changes,
            Path project,
            List<Path> directories)
            throws IOException {
        List<String> lines = new ArrayList<>();
        for (PathChange change : changes) {
            lines.add(
                    RawNames.escaped(change.path())
                            + " "
                            + FileState.text(change.from())
                            + " "
                            + FileState.text(change.to())
                            + (change.replaced() ? " replaced" : " joined"));
        }
        Files.createDirectories(directory);
        Path file = file(thread, restoreId);
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.write(unfinished, lines, UTF_8);
        Files.move(unfinished, file, ATOMIC_MOVE, REPLACE_EXISTING);
        FileSync.forceAll(project, directories, List.of(file, directory));
    }

    /** What a restore has changed; null when that is not known. */
    @Nullable List<PathChange> find(ThreadId thread, OperationId restoreId) throws IOException {
        List<PathChange> changes = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file(thread, restoreId), UTF_8)) {
                String[] fields = line.split(" ", -1);
                changes.add(
                        new PathChange(
                                RawNames.unescaped(fields[0]),
                                FileState.parse(fields[1]),
                                FileState.parse(fields[2]),
                                fields[3].equals("replaced")));
            }
            return changes;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(
                    "The record " + file(thread, restoreId) + " of a restore cannot be read.", e);
        }
    }

    /** Forgets what is kept for a thread. */
    public void forget(ThreadId thread) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, thread + ".*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // No restore was ever recorded.
        }
    }

    /** Ids have no dots. */
    private Path file(ThreadId thread, OperationId restoreId) {
        return directory.resolve(thread + "." + restoreId);
    }
}
