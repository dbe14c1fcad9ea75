package dev.stele.git.repository;

import dev.stele.git.disk.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for the objects of one comparison, deleted with it, so that looking at a working tree
 * leaves nothing in the user's repository.
 *
 * @param objects the directory
 */
public record Scratch(Path objects) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
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

    private static void removeAbandoned(Path all) {
        try {
            for (Path directory : abandoned(all, Instant.now())) {
                Trees.delete(directory);
            }
        } catch (IOException e) {
            LOG.debug("Old comparisons stay in {}.", all, e);
        }
    }

    /**
     * What dead processes have left.
     *
     * @param directory as with {@link #in}
     * @param now the time
     */
    public static List<Path> abandonedIn(Path directory, Instant now) throws IOException {
        return abandoned(directory.resolve(NAME), now);
    }

    private static List<Path> abandoned(Path all, Instant now) throws IOException {
        Instant old = now.minus(ABANDONED);
        List<Path> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(all)) {
            for (Path directory : directories) {
                if (Files.getLastModifiedTime(directory).toInstant().isBefore(old)) {
                    abandoned.add(directory);
                }
            }
        } catch (NoSuchFileException e) {
            return abandoned;
        }
        return abandoned;
    }

    @Override
    public void close() throws IOException {
        Trees.delete(objects);
    }
}
