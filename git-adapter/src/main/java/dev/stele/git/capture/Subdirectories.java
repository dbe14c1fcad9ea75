package dev.stele.git.capture;

import dev.stele.git.capture.TreeScan.Place;
import dev.stele.git.disk.Directory;
import dev.stele.git.disk.DiskEntry;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.GitLocation;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Judges what is a directory: which ones are walked, and which belong to somebody else. */
final class Subdirectories {

    static final String DOT_GIT = ".git";

    /** From so many files on a known directory is worth a thread of its own. */
    private static final int LARGE = 256;

    private final Scope scope;
    private final Walk walk;

    Subdirectories(Scope scope, Walk walk) {
        this.scope = scope;
        this.walk = walk;
    }

    /** Walks an open directory. */
    interface Walk {
        Node walk(Directory directory, Place place) throws IOException;
    }

    /** Whether a name may be much work. */
    boolean isLarge(FoundName name) {
        return name.stamp().isDirectory()
                && !(name.old() instanceof Folder folder && folder.files() < LARGE)
                && !(name.old() instanceof Node.Ignored);
    }

    /** What a directory comes to, or null when it has vanished. */
    @Nullable Node node(FoundName name) {
        if (name.ignored()
                && !scope.tracked().containsBelow(name.path())
                && !scope.tracked().contains(name.path())) {
            return new Node.Ignored(name.name(), true);
        }
        if (!GitNames.isAllowed(name.name(), name.stamp())) {
            return name.left(Reasons.NAME);
        }
        Folder before = name.old() instanceof Folder old ? old : null;
        var place = new Place(name.name(), name.path() + "/", name.rules(), name.ignored(), before);
        return before != null && isUntouched(place, before)
                ? before
                : Depth.walk(place.prefix(), () -> visit(name, place));
    }

    private boolean isUntouched(Place place, Folder before) {
        return before.isSettled()
                && scope.vigil().isUntouchedBelow(scope.fromProject(place.prefix()))
                && place.hadSameOuterRules(before)
                && scope.isTrackedAsIn(before, place.prefix());
    }

    private @Nullable Node visit(FoundName name, Place place) {
        scope.vigil().enter(scope.fromProject(name.path()));
        ObjectId submodule = scope.tracked().submodule(name.path());
        try (Directory child = name.directory().open(name.name())) {
            return submodule == null
                    ? walk.walk(child, place)
                    : submodule(name, child.entries(), submodule);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return name.left(Reasons.unreadable(e));
        }
    }

    /** Git looks into a nested repository only where it tracks something. */
    boolean isRepository(Place place, List<DiskEntry> entries) throws IOException {
        String path = place.prefix();
        return DiskEntry.find(entries, DOT_GIT) != null
                && !place.name().isEmpty()
                && !scope.tracked().containsBelow(path.substring(0, path.length() - 1))
                && GitLocation.isBoundary(onDisk(path).resolve(DOT_GIT));
    }

    private Path onDisk(String path) {
        return RawNames.resolve(scope.location().workTree(), path);
    }

    /** A submodule stands at the commit of its own HEAD, or at the tracked one until it has any. */
    private Node submodule(FoundName name, List<DiskEntry> entries, ObjectId tracked) {
        if (entries.isEmpty()) {
            return new Node.Carried(name.name(), FileMode.GITLINK.getBits(), tracked);
        }
        if (DiskEntry.find(entries, DOT_GIT) == null) {
            return name.left(Reasons.SUBMODULE);
        }
        ObjectId head = ProjectRepository.headOf(onDisk(name.path()));
        return new Node.Carried(
                name.name(), FileMode.GITLINK.getBits(), head == null ? tracked : head);
    }
}
