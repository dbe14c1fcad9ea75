package dev.stele.git.restore;

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
record Place(Path root) {

    Path at(String path) {
        return RawNames.resolve(root, path);
    }

    /** What is there, or null for nothing. */
    @Nullable Stamp stamp(String path) throws IOException {
        try {
            return NioDirectory.stampOf(at(path));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    boolean exists(String path) {
        return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Why nothing may be done to a path because of the directories that it is in, or null. A
     * directory that is not there is no reason.
     *
     * @param create whether the path would be new, so that the directories must not belong to
     *     another repository
     */
    @Nullable String obstacleAbove(String path, boolean create) throws IOException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            Stamp stamp = stamp(above);
            if (stamp == null) {
                return null;
            }
            if (!stamp.isDirectory()) {
                return "its directory is no directory any more";
            }
            if (create && GitLocation.isBoundary(at(above).resolve(".git"))) {
                return "it is in a repository of its own";
            }
        }
        return null;
    }
}
