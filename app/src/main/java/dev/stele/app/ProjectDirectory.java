package dev.stele.app;

import dev.stele.app.error.FileTrouble;
import dev.stele.app.error.SteleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The door's rule for a project's directory: it exists, and is named by its real path. */
public final class ProjectDirectory {
    private ProjectDirectory() {}

    /**
     * {@return the path under which a directory is a project: absolute, without links and dots}
     *
     * @param directory as a person gave it
     * @throws SteleException.InvalidDirectory when it does not exist, is no directory or cannot be
     *     entered
     */
    public static String resolve(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new SteleException.InvalidDirectory(
                        "A project is a directory, and "
                                + directory
                                + " is none; name the directory that holds it.",
                        null);
            }
            return real.toString();
        } catch (NoSuchFileException e) {
            throw new SteleException.InvalidDirectory(
                    "There is no directory " + directory + "; create it or name another.", e);
        } catch (IOException e) {
            throw new SteleException.InvalidDirectory(
                    "The directory %s cannot be entered: %s."
                            .formatted(directory, FileTrouble.reason(e)),
                    e);
        }
    }
}
