package dev.stele.git.change;

import dev.stele.git.disk.DiskStamps;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
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

    /** Where a raw path is. */
    public Path at(String path) {
        return RawNames.resolve(root, path);
    }

    /** What is there, or null for nothing. */
    public @Nullable Stamp stamp(String path) throws IOException {
        try {
            return DiskStamps.of(at(path));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Whether anything is there. */
    public boolean exists(String path) {
        return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
    }
}
