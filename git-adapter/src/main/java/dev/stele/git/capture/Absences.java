package dev.stele.git.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.stele.contracts.ThreadId;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.CheckpointRefs;
import dev.stele.git.repository.FileSync;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which paths were not there when a checkpoint was taken, as far as the checkpoint itself leaves it
 * open: of what was ignored it tells nothing. A restore notes here what it is about to make where
 * nothing was, so that undoing it takes that away again. A small file for each checkpoint of which
 * anything is noted. Thread-safe.
 */
final class Absences {

    private final Path directory;

    /**
     * @param directory where the files are; made when it is needed
     */
    Absences(Path directory) {
        this.directory = directory;
    }

    /** Notes raw paths, on the disk when this returns. */
    void note(String ref, Collection<String> paths) throws IOException {
        if (paths.isEmpty()) {
            return;
        }
        Files.createDirectories(directory);
        Path unfinished = directory.resolve(name(ref) + ".new");
        Files.write(unfinished, paths.stream().map(RawNames::escaped).toList(), UTF_8);
        FileSync.force(unfinished);
        Files.move(unfinished, directory.resolve(name(ref)), ATOMIC_MOVE, REPLACE_EXISTING);
        FileSync.force(directory);
    }

    /** The raw paths that are noted for a checkpoint. */
    Set<String> of(String ref) throws IOException {
        try {
            List<String> lines = Files.readAllLines(directory.resolve(name(ref)), UTF_8);
            return lines.stream().map(RawNames::unescaped).collect(Collectors.toSet());
        } catch (NoSuchFileException e) {
            return Set.of();
        }
    }

    /** Ids have no dots. */
    private static String name(String ref) {
        String ids =
                ref.startsWith(CheckpointRefs.PREFIX)
                        ? ref.substring(CheckpointRefs.PREFIX.length())
                        : ref;
        return ids.replace('/', '.');
    }

    /** Forgets what is noted for a checkpoint. */
    void forget(String ref) throws IOException {
        Files.deleteIfExists(directory.resolve(name(ref)));
    }

    /** Forgets what is noted for the checkpoints of a thread. */
    void forget(ThreadId threadId) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, threadId + ".*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever noted.
        }
    }
}
