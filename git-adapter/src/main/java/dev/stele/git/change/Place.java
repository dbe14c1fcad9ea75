package dev.stele.git.change;

import dev.stele.git.disk.NioDirectory;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose content is asked for by raw paths. No link is ever followed.
 *
 * @param root the directory, absolute and without links
 */
public record Place(Path root) {

    /** Why nothing is done below what is no directory. */
    public static final String NO_DIRECTORY = "its directory is no directory any more";

    /** Why nothing is made in a repository of its own. */
    public static final String OTHER_REPOSITORY = "it is in a repository of its own";

    /** Where a raw path is. */
    public Path at(String path) {
        return RawNames.resolve(root, path);
    }

    /** What is there, or null for nothing. */
    public @Nullable Stamp stamp(String path) throws IOException {
        try {
            return NioDirectory.stampOf(at(path));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Whether anything is there. */
    public boolean exists(String path) {
        return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Why nothing may be done to a path because of the directories that it is in, or null. A
     * directory that is not there is no reason.
     *
     * @param create whether the path would be new, so that the directories must not belong to
     *     another repository
     */
    public @Nullable String obstacleAbove(String path, boolean create) throws IOException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            Stamp stamp = stamp(above);
            if (stamp == null) {
                return null;
            }
            if (!stamp.isDirectory()) {
                return NO_DIRECTORY;
            }
            if (create && GitLocation.isBoundary(at(above).resolve(".git"))) {
                return OTHER_REPOSITORY;
            }
        }
        return null;
    }
}
