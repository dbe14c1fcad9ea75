package dev.stele.git.worktree;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.stele.git.disk.RawNames;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces files of a working tree by others, path by path and each at once: whenever this is
 * killed, every path is either as it was or as it is to be.
 */
final class TreeSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(TreeSwitch.class);

    private final Path top;
    private final String mark;

    /**
     * @param top the top of the working tree
     * @param mark a part of the names of files that are moved into place, on file systems where
     *     they have to be copied first
     */
    TreeSwitch(Path top, String mark) {
        this.top = top;
        this.mark = mark;
    }

    /** Tells whether a path may be replaced, right before it is. */
    interface Guard {

        /** Whether it is as it is expected to be. */
        boolean allows(PathDifference difference, Path path) throws IOException;
    }

    /**
     * Replaces files: what goes first, from the inside out, then what comes.
     *
     * @param files what comes
     * @return the raw paths that the guard did not allow, or where something else was in the way
     */
    List<String> apply(List<PathDifference> differences, StagedFiles files, Guard guard)
            throws IOException {
        List<String> left = new ArrayList<>();
        List<PathDifference> going = new ArrayList<>(differences);
        Collections.reverse(going);
        for (PathDifference difference : going) {
            if (difference.wasFile() && !difference.becomesFile()) {
                Path path = at(difference);
                if (guard.allows(difference, path)) {
                    delete(path);
                } else {
                    left.add(difference.path());
                }
            }
        }
        for (PathDifference difference : differences) {
            if (difference.becomesFile() && !put(difference, files, guard)) {
                left.add(difference.path());
            }
        }
        return left;
    }

    /** Where a path is on the disk. */
    Path at(PathDifference difference) {
        return RawNames.resolve(top, difference.path());
    }

    private boolean put(PathDifference difference, StagedFiles files, Guard guard)
            throws IOException {
        Path path = at(difference);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !guard.allows(difference, path)) {
            return false;
        }
        Files.createDirectories(path.resolveSibling(""));
        Path from = files.at(difference.path());
        try {
            Files.move(from, path, ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Path beside = beside(path);
            Files.copy(from, beside, REPLACE_EXISTING, COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            Files.move(beside, path, ATOMIC_MOVE);
        }
        return true;
    }

    /** Deletes what a killed process had not yet moved into place. */
    void tidy(List<PathDifference> differences) {
        for (PathDifference difference : differences) {
            Path beside = beside(at(difference));
            try {
                Files.deleteIfExists(beside);
            } catch (IOException e) {
                LOG.debug("There is nothing at {}.", beside, e);
            }
        }
    }

    private Path beside(Path path) {
        return path.resolveSibling("." + mark);
    }

    /** With the directories that are empty then, as git does. */
    private void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
        Path parent = path.resolveSibling("").normalize();
        try {
            while (!parent.equals(top) && parent.startsWith(top)) {
                Files.deleteIfExists(parent);
                parent = parent.resolveSibling("").normalize();
            }
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }
}
