package dev.stele.git.restore;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.HeldCheckpoint;
import dev.stele.git.change.FileState;
import dev.stele.git.change.PathChange;
import dev.stele.git.change.Place;
import dev.stele.git.disk.RawNames;
import dev.stele.git.index.TrackedPaths;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.restore.Taking.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    /** Why something stays that was not there when the checkpoint was taken. */
    static final String STAYS =
            "it was not there when the checkpoint was taken, but is ignored now";

    private final ProjectRepository repository;
    private final HeldCheckpoint safety;
    private final HeldCheckpoint target;
    private final ObjectReader reader;
    private final Taking taking;
    private final Unspoken unspoken;
    private final TrackedPaths tracked;
    private final List<Step> deletions = new ArrayList<>();
    private final List<Step> writes = new ArrayList<>();
    private final List<LeftPath> left = new ArrayList<>();
    private final Set<String> merged = new HashSet<>();

    /**
     * @param reader finds the objects of both
     * @param taking tells what becomes of each path
     * @param tracked what the user's index tracks
     */
    Planner(
            ProjectRepository repository,
            ObjectReader reader,
            HeldCheckpoint safety,
            HeldCheckpoint target,
            Taking taking,
            TrackedPaths tracked) {
        this.repository = repository;
        this.taking = taking;
        this.safety = safety;
        this.target = target;
        this.reader = reader;
        this.unspoken = new Unspoken(repository, reader, target);
        this.tracked = tracked;
    }

    /**
     * The plan.
     *
     * @throws GitFailure when something that it needs is not in the repository
     */
    RestorePlan plan() throws IOException {
        requireNamed();
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
        noteStaying();
        deletions.sort(Comparator.comparing(Step::path).reversed());
        List<Step> steps = new ArrayList<>(deletions);
        steps.addAll(writes);
        return new RestorePlan(steps, left, merged);
    }

    /**
     * The paths that the plan makes where nothing is, and of which the safety checkpoint would not
     * tell that nothing was there, or whose rules will ignore them from then on.
     */
    List<String> appearing(RestorePlan plan) throws IOException {
        var before = new Unspoken(repository, reader, safety);
        var place = new Place(repository.location().directory());
        List<String> appearing = new ArrayList<>();
        for (Step step : plan.steps()) {
            boolean made = step.from() == null && !place.exists(step.path());
            if (made
                    && (before.reason(step.path()) != null
                            || unspoken.reason(step.path()) != null)) {
                appearing.add(step.path());
            }
        }
        return appearing;
    }

    /** What is neither there nor in the checkpoint was misspelt. */
    private void requireNamed() throws IOException {
        var place = new Place(repository.location().directory());
        for (String name : taking.named()) {
            String shown = RawNames.display(name);
            try (TreeWalk walk = TreeWalk.forPath(reader, shown, target.tree())) {
                if (walk == null && !place.exists(name)) {
                    throw new GitFailure(
                            "There is no "
                                    + shown
                                    + " in "
                                    + repository.location().directory()
                                    + ", and none in the checkpoint; check the name.");
                }
            }
        }
    }

    /** Files alone are brought back; whoever compares them with HEAD should know. */
    private void noteHead() throws IOException {
        ObjectId head = repository.head();
        String now = head == null ? null : head.name();
        if (now != null && !now.equals(target.headCommit())) {
            left.add(
                    new LeftPath(
                            ".git/HEAD",
                            "it has moved since the checkpoint was taken; only files are brought"
                                    + " back"));
        }
    }

    /**
     * What an earlier restore made where nothing was, and what is ignored now, is in no checkpoint
     * that could give it back, and stays.
     */
    private void noteStaying() {
        var place = new Place(repository.location().directory());
        Set<String> gone = new HashSet<>();
        deletions.forEach(step -> gone.add(step.path()));
        left.forEach(path -> gone.add(path.path()));
        target.absent().stream()
                .filter(path -> !gone.contains(path) && taking.concerns(path) && place.exists(path))
                .forEach(path -> left.add(new LeftPath(path, STAYS)));
    }

    private void decide(TreeWalk walk) throws IOException {
        var back =
                new PathChange(
                        RawNames.raw(walk.getRawPath()),
                        FileState.at(walk, 0),
                        FileState.at(walk, 1));
        switch (taking.of(back)) {
            case Verdict.Unasked() -> {
                // It stays, and nobody expects anything else.
            }
            case Verdict.Left(var why) -> left.add(new LeftPath(back.path(), why));
            case Verdict.Taken(var to, var joined) -> take(back, to, joined, walk);
        }
    }

    private void take(PathChange back, @Nullable FileState to, boolean joined, TreeWalk walk)
            throws IOException {
        String reason = reasonToLeave(back.path(), to, walk);
        if (reason != null) {
            left.add(new LeftPath(back.path(), reason));
            return;
        }
        if (joined) {
            merged.add(back.path());
        }
        if (to == null) {
            deletions.add(new Step(back.path(), back.from(), null));
        } else {
            requirePresent(back.path(), to);
            writes.add(new Step(back.path(), back.from(), to));
        }
    }

    private @Nullable String reasonToLeave(String path, @Nullable FileState to, TreeWalk walk)
            throws IOException {
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
        return to == null ? unspoken.reason(path) : null;
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

    private void requirePresent(String path, FileState to) throws IOException {
        if (!taking.joining().made().containsKey(to.id()) && !reader.has(to.id())) {
            throw new GitFailure(
                    "The checkpoint cannot be brought back: the content of "
                            + RawNames.display(path)
                            + " is not in the repository any more.");
        }
    }
}
