package dev.stele.git.repository;

import dev.stele.git.disk.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A directory for the objects of one comparison, deleted with it, so that looking at a working tree
 * leaves nothing in the user's repository.
 *
 * @param objects the directory
 */
public record Scratch(Path objects) implements AutoCloseable {

    private static final String NAME = "compared";

    /** No comparison lasts as long as that: a process that died has left it. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    /**
     * Makes one, and removes what dead processes have left.
     *
     * @param directory where; made when it is not there
     */
    public static Scratch in(Path directory) throws IOException {
        Path all = Files.createDirectories(directory.resolve(NAME));
        removeAbandoned(all);
        Path objects = all.resolve(UUID.randomUUID().toString());
        Files.createDirectories(objects.resolve("pack"));
        return new Scratch(objects);
    }

    private static void removeAbandoned(Path all) throws IOException {
        Instant old = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(all)) {
            for (Path directory : directories) {
                if (Files.getLastModifiedTime(directory).toInstant().isBefore(old)) {
                    new Scratch(directory).close();
                }
            }
        } catch (NoSuchFileException e) {
            // Somebody else removes it at the same time.
        }
    }

    @Override
    public void close() throws IOException {
        Trees.delete(objects);
    }
}
