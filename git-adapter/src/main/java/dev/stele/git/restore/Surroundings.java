package dev.stele.git.restore;

import dev.stele.git.change.Place;
import dev.stele.git.disk.Stamp;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.index.UserIndex;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The directories that the paths of a restore are in. Another repository among them is judged as a
 * capture judges it: what is below counts where the one around it tracks anything there.
 */
final class Surroundings {

    /** Why nothing is done below what is no directory. */
    static final String NO_DIRECTORY = "its directory is no directory any more";

    /** Why nothing is made in a repository of its own. */
    static final String OTHER_REPOSITORY = "it is in a repository of its own";

    private final Place place;
    private final TrackedPaths tracked;
    private final String prefix;

    private Surroundings(Place place, TrackedPaths tracked, String prefix) {
        this.place = place;
        this.tracked = tracked;
        this.prefix = prefix;
    }

    /** Those of a project. */
    static Surroundings of(ProjectRepository repository) throws IOException {
        return new Surroundings(
                new Place(repository.location().directory()),
                UserIndex.read(repository, null, 0).paths(),
                repository.location().prefix());
    }

    /** What the user's index tracks, from the top of the working tree. */
    TrackedPaths tracked() {
        return tracked;
    }

    /** Whether a directory is a repository of its own. */
    boolean isStrange(String directory) throws IOException {
        return GitLocation.isBoundary(place.at(directory).resolve(".git"))
                && !tracked.containsBelow(prefix + directory);
    }

    /**
     * Why nothing may be done to a path because of the directories that it is in, or null. A
     * directory that is not there is no reason.
     *
     * @param create whether the path would be new, so that the directories must not belong to
     *     another repository
     */
    @Nullable String obstacle(String path, boolean create) throws IOException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            Stamp stamp = place.stamp(above);
            if (stamp == null) {
                return null;
            }
            if (!stamp.isDirectory()) {
                return NO_DIRECTORY;
            }
            if (create && isStrange(above)) {
                return OTHER_REPOSITORY;
            }
        }
        return null;
    }
}
