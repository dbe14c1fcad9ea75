package dev.stele.git.restore;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.CurrentTree;
import dev.stele.git.capture.HeldCheckpoint;
import dev.stele.git.change.FileState;
import dev.stele.git.change.FileStates;
import dev.stele.git.change.PathChange;
import dev.stele.git.change.Place;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.TreesInMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a whole directory holds after a restore, captured once more and compared with what it should
 * hold: the restored paths as the plan wants them, and all others as the safety checkpoint has
 * them.
 */
final class Aftermath {

    /** Why a restored path does not count as restored. */
    static final String AGAIN = "it was changed again while the restore went on";

    /** Why a path is told that the restore had nothing to do with. */
    static final String MEANWHILE = "somebody changed it while the restore went on";

    private final Place place;
    private final FileStates states;
    private final Unspoken unspoken;
    private final Map<String, PathChange> changes;

    private Aftermath(
            ProjectRepository repository, Unspoken unspoken, Map<String, PathChange> changes) {
        this.place = new Place(repository.location().directory());
        this.states = new FileStates(place, _ -> null, repository.fileMode());
        this.unspoken = unspoken;
        this.changes = changes;
    }

    /**
     * Captures the directory as it is now.
     *
     * @param safety how it was before
     */
    static Aftermath of(
            ProjectRepository repository,
            ObjectReader reader,
            Checkpoints checkpoints,
            HeldCheckpoint safety)
            throws IOException {
        var trees = new TreesInMemory();
        CurrentTree now = checkpoints.current(repository, trees);
        return new Aftermath(
                repository,
                new Unspoken(repository, reader, safety),
                changes(trees.before(reader), safety, now));
    }

    private static Map<String, PathChange> changes(
            ObjectReader reader, HeldCheckpoint safety, CurrentTree now) throws IOException {
        Map<String, PathChange> changes = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(safety.tree());
            walk.addTree(now.tree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                String path = RawNames.raw(walk.getRawPath());
                FileState from = FileState.at(walk, 0);
                changes.put(path, new PathChange(path, from, FileState.at(walk, 1)));
            }
        }
        return changes;
    }

    /** Whether a path holds what a step has put there. */
    boolean shows(Step step) {
        PathChange change = changes.get(step.path());
        return change != null && Objects.equals(change.to(), step.to());
    }

    /**
     * The paths that are not as they were, although the restore has nothing to do with them.
     *
     * @param concerned the paths that it has to do with, or has told of
     */
    List<LeftPath> strangers(Set<String> concerned) throws IOException {
        List<LeftPath> strangers = new ArrayList<>();
        for (PathChange change : changes.values()) {
            if (!concerned.contains(change.path()) && isTouched(change)) {
                strangers.add(new LeftPath(change.path(), MEANWHILE));
            }
        }
        return strangers;
    }

    /** Rules that were brought back may ignore what was held before, and the other way round. */
    private boolean isTouched(PathChange change) throws IOException {
        String path = change.path();
        if (isModule(change.from()) || isModule(change.to())) {
            return false;
        }
        if (change.from() == null) {
            return unspoken.reason(path) == null;
        }
        return change.to() != null || !states.is(path, place.stamp(path), change.from());
    }

    private static boolean isModule(@Nullable FileState state) {
        return state != null && FileMode.GITLINK.equals(state.mode());
    }
}
