package dev.stele.git.restore;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.HeldCheckpoint;
import dev.stele.git.disk.RawNames;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.index.UserIndex;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.ProjectRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a restore does, from two checkpoints: the one of the directory as it is, and the one
 * that is brought back. Nothing is deleted but what the first holds and the second would hold if it
 * had been there.
 */
final class Planner {

    private final ProjectRepository repository;
    private final HeldCheckpoint safety;
    private final HeldCheckpoint target;
    private final ObjectReader reader;
    private final Unspoken unspoken;
    private final TrackedPaths tracked;
    private final List<Step> deletions = new ArrayList<>();
    private final List<Step> writes = new ArrayList<>();
    private final List<LeftPath> left = new ArrayList<>();

    /**
     * @param reader finds the objects of both
     */
    Planner(
            ProjectRepository repository,
            ObjectReader reader,
            HeldCheckpoint safety,
            HeldCheckpoint target)
            throws IOException {
        this.repository = repository;
        this.safety = safety;
        this.target = target;
        this.reader = reader;
        this.unspoken = new Unspoken(repository, reader, target);
        this.tracked = UserIndex.read(repository, null, 0).paths();
    }

    /**
     * The plan.
     *
     * @throws GitFailure when something that it needs is not in the repository
     */
    RestorePlan plan() throws IOException {
        noteHead();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(safety.tree());
            walk.addTree(target.tree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                decide(walk);
            }
        }
        deletions.sort(Comparator.comparing(Step::path).reversed());
        List<Step> steps = new ArrayList<>(deletions);
        steps.addAll(writes);
        return new RestorePlan(steps, left);
    }

    /**
     * The paths that the plan makes where nothing is, and of which the safety checkpoint would not
     * tell that nothing was there.
     */
    List<String> appearing(RestorePlan plan) throws IOException {
        var before = new Unspoken(repository, reader, safety);
        var place = new Place(repository.location().directory());
        List<String> appearing = new ArrayList<>();
        for (Step step : plan.steps()) {
            boolean made = step.from() == null && !place.exists(step.path());
            if (made && before.reason(step.path()) != null) {
                appearing.add(step.path());
            }
        }
        return appearing;
    }

    /** Files alone are brought back; whoever compares them with HEAD should know. */
    private void noteHead() throws IOException {
        ObjectId head = repository.head();
        String now = head == null ? null : head.name();
        if (now != null && !now.equals(target.head())) {
            left.add(
                    new LeftPath(
                            ".git/HEAD",
                            "it has moved since the checkpoint was taken; only files are brought"
                                    + " back"));
        }
    }

    private void decide(TreeWalk walk) throws IOException {
        String path = RawNames.raw(walk.getRawPath());
        String reason = reasonToLeave(path, walk);
        if (reason != null) {
            left.add(new LeftPath(path, reason));
            return;
        }
        FileState from = state(walk, 0);
        FileState to = state(walk, 1);
        if (to == null) {
            deletions.add(new Step(path, from, null));
        } else {
            requirePresent(path, to);
            writes.add(new Step(path, from, to));
        }
    }

    private @Nullable String reasonToLeave(String path, TreeWalk walk) throws IOException {
        if (FileMode.GITLINK.equals(walk.getRawMode(0))
                || FileMode.GITLINK.equals(walk.getRawMode(1))) {
            return "it is a submodule";
        }
        if (isSparse(repository.location().prefix() + path)) {
            return "a sparse checkout leaves it out";
        }
        if (isGits(path)) {
            return "it is git's own";
        }
        return walk.getRawMode(1) == 0 ? unspoken.reason(path) : null;
    }

    private boolean isSparse(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (tracked.leftOut(path.substring(0, end)) != null) {
                return !new Place(repository.location().workTree()).exists(path);
            }
        }
        return false;
    }

    /**
     * No checkpoint of Stele holds such a path; whoever made one must not get at git's own files.
     */
    private static boolean isGits(String path) {
        return ("/" + path + "/").toLowerCase(Locale.ROOT).contains("/.git/");
    }

    private static @Nullable FileState state(TreeWalk walk, int tree) {
        int mode = walk.getRawMode(tree);
        return mode == 0 ? null : new FileState(mode, walk.getObjectId(tree));
    }

    private void requirePresent(String path, FileState to) throws IOException {
        if (!reader.has(to.id())) {
            throw new GitFailure(
                    "The checkpoint cannot be brought back: the content of "
                            + RawNames.display(path)
                            + " is not in the repository any more.");
        }
    }
}
