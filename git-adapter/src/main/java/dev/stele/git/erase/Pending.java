package dev.stele.git.erase;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.stele.git.repository.FileSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The objects that are still to go from repositories, one file for each repository, so that an
 * erasure that was broken off knows them when no ref leads to them any more. For one thread at a
 * time.
 */
final class Pending {

    private final Path file;

    /**
     * @param directory Stele's own; a folder is made in it when it is needed
     * @param gitDir the repository
     */
    Pending(Path directory, Path gitDir) {
        UUID name = UUID.nameUUIDFromBytes(gitDir.toString().getBytes(UTF_8));
        this.file = directory.resolve("erasing").resolve(name.toString());
    }

    /** What an earlier erasure did not come to. */
    Set<ObjectId> read() throws IOException {
        Set<ObjectId> ids = new HashSet<>();
        try {
            for (String line : Files.readAllLines(file, US_ASCII)) {
                ids.add(ObjectId.fromString(line));
            }
        } catch (NoSuchFileException e) {
            return ids;
        }
        return ids;
    }

    /** Keeps what is to go, too; it is on the disk when this returns. */
    void add(Set<ObjectId> ids) throws IOException {
        Set<ObjectId> all = new HashSet<>(read());
        all.addAll(ids);
        List<String> lines = all.stream().map(ObjectId::name).sorted().toList();
        Files.createDirectories(file.resolveSibling(""));
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.write(unfinished, lines, US_ASCII);
        FileSync.force(unfinished);
        Files.move(unfinished, file, ATOMIC_MOVE, REPLACE_EXISTING);
        FileSync.force(file.resolveSibling(""));
    }

    /** Nothing is to go any more. */
    void done() throws IOException {
        Files.deleteIfExists(file);
    }
}
