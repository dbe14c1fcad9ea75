package dev.stele.git.operation;

import dev.stele.git.capture.Checkpoints;
import dev.stele.git.change.FileState;
import dev.stele.git.change.Histories;
import dev.stele.git.change.PathChange;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.change.Span;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.CommitTrees;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was changed in spans of time and was not committed within them: by the content of the
 * checkpoints around them, and of the commits at which HEAD stood there. Thread-safe.
 */
final class OwnChanges {

    private final Checkpoints checkpoints;
    private final RestoreRecords records;

    /**
     * @param checkpoints reads checkpoints
     * @param records knows what restores have done
     */
    OwnChanges(Checkpoints checkpoints, RestoreRecords records) {
        this.checkpoints = checkpoints;
        this.records = records;
    }

    /**
     * What was changed.
     *
     * @return changes by raw path from the project's directory, oldest first; never an empty list
     */
    Map<String, List<PathChange>> in(
            ProjectRepository repository, ObjectReader reader, List<Span> spans)
            throws IOException {
        Map<String, List<PathChange>> own = new HashMap<>();
        for (Span span : spans) {
            for (PathChange change : uncommitted(repository, reader, span)) {
                Histories.append(
                        own.computeIfAbsent(change.path(), _ -> new ArrayList<>()), change);
            }
        }
        own.values().removeIf(List::isEmpty);
        return own;
    }

    /**
     * What of a span's changes was not committed within it. A path that was committed on the way
     * counts from there on.
     */
    private List<PathChange> uncommitted(
            ProjectRepository repository, ObjectReader reader, Span span) throws IOException {
        List<PathChange> changes = Histories.in(span, repository, reader, checkpoints, records);
        if (!(span instanceof Span.OfTurn turn)) {
            return changes;
        }
        Map<String, Held> committed = committed(repository, reader, turn);
        return changes.stream()
                .map(change -> after(change, committed.get(change.path())))
                .filter(change -> !Objects.equals(change.from(), change.to()))
                .toList();
    }

    /** What a commit holds of a path; the state is null when it holds nothing there. */
    private record Held(@Nullable FileState state) {}

    private static PathChange after(PathChange change, @Nullable Held committed) {
        return committed == null
                ? change
                : new PathChange(change.path(), committed.state(), change.to(), change.replaced());
    }

    /** The paths that HEAD held in another state at the end of a turn, and that state. */
    private Map<String, Held> committed(
            ProjectRepository repository, ObjectReader reader, Span.OfTurn turn)
            throws IOException {
        Map<String, Held> committed = new HashMap<>();
        String before = checkpoints.open(repository, reader, turn.fromRef()).headCommit();
        String after = checkpoints.open(repository, reader, turn.toRef()).headCommit();
        if (Objects.equals(before, after)) {
            return committed;
        }
        try (TreeWalk walk = new TreeWalk(reader)) {
            CommitTrees.add(walk, before, repository.location().prefix());
            CommitTrees.add(walk, after, repository.location().prefix());
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                committed.put(RawNames.raw(walk.getRawPath()), new Held(FileState.at(walk, 1)));
            }
        } catch (MissingObjectException e) {
            // A branch was rewritten, and nothing tells any more what it held.
            return Map.of();
        }
        return committed;
    }
}
