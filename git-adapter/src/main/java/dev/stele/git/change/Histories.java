package dev.stele.git.change;

import dev.stele.contracts.ThreadId;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * What threads have done to each path in their spans of time, oldest first. What happened to a path
 * between two spans was done by somebody else: a person, or a program of theirs. Immutable.
 */
public final class Histories {

    private final Map<String, List<Step>> steps;

    private Histories(Map<String, List<Step>> steps) {
        this.steps = steps;
    }

    /**
     * A change of one path.
     *
     * @param by the thread
     */
    private record Step(ThreadId by, PathChange change) {}

    /**
     * Reads what happened in some spans.
     *
     * @param spans oldest first
     * @throws dev.stele.git.repository.GitFailure when one of their checkpoints is gone
     */
    public static Histories read(
            ProjectRepository repository,
            ObjectReader reader,
            Checkpoints checkpoints,
            RestoreRecords records,
            List<Span> spans)
            throws IOException {
        Map<String, List<Step>> steps = new HashMap<>();
        for (Span span : spans) {
            for (PathChange change : in(span, repository, reader, checkpoints, records)) {
                steps.computeIfAbsent(change.path(), _ -> new ArrayList<>())
                        .add(new Step(span.thread(), change));
            }
        }
        return new Histories(steps);
    }

    /**
     * What a thread has changed in one span.
     *
     * @throws dev.stele.git.repository.GitFailure when one of its checkpoints is gone
     */
    public static List<PathChange> in(
            Span span,
            ProjectRepository repository,
            ObjectReader reader,
            Checkpoints checkpoints,
            RestoreRecords records)
            throws IOException {
        List<PathChange> recorded =
                span instanceof Span.OfRestore restore
                        ? records.find(restore.thread(), restore.restoreId())
                        : null;
        return recorded != null ? recorded : between(repository, reader, checkpoints, span);
    }

    private static List<PathChange> between(
            ProjectRepository repository, ObjectReader reader, Checkpoints checkpoints, Span span)
            throws IOException {
        List<PathChange> changes = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(checkpoints.open(repository, reader, span.fromRef()).tree());
            walk.addTree(checkpoints.open(repository, reader, span.toRef()).tree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                changes.add(
                        new PathChange(
                                RawNames.raw(walk.getRawPath()),
                                FileState.at(walk, 0),
                                FileState.at(walk, 1)));
            }
        }
        return changes;
    }

    /** The raw paths that were changed at all. */
    public Set<String> paths() {
        return Set.copyOf(steps.keySet());
    }

    /** What a thread has done to a path, see {@link #append}. */
    public List<PathChange> of(ThreadId thread, String path) {
        List<PathChange> own = new ArrayList<>();
        for (Step step : steps.getOrDefault(path, List.of())) {
            if (step.by().equals(thread)) {
                append(own, step.change());
            }
        }
        return own;
    }

    /**
     * Adds a change behind others of the same path: one that begins where the last has ended goes
     * on with it, and what is taken back is none.
     */
    public static void append(List<PathChange> changes, PathChange next) {
        PathChange last = changes.isEmpty() ? null : changes.getLast();
        if (last == null || !Objects.equals(last.to(), next.from())) {
            changes.add(next);
            return;
        }
        changes.removeLast();
        if (!Objects.equals(last.from(), next.to())) {
            changes.add(new PathChange(next.path(), last.from(), next.to(), next.replaced()));
        }
    }

    /** The threads that have changed a path, oldest change first. */
    public List<ThreadId> threads(String path) {
        return steps.getOrDefault(path, List.of()).stream().map(Step::by).distinct().toList();
    }

    /** Whether a path went from its first state to its last by what threads did alone. */
    public boolean tellAll(PathChange whole) {
        var state = whole.from();
        for (Step step : steps.getOrDefault(whole.path(), List.of())) {
            if (!Objects.equals(state, step.change().from())) {
                return false;
            }
            state = step.change().to();
        }
        return Objects.equals(state, whole.to());
    }
}
