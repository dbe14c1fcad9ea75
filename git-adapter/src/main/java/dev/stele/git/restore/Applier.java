package dev.stele.git.restore;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.git.capture.StopSign;
import dev.stele.git.change.FileState;
import dev.stele.git.change.FileStates;
import dev.stele.git.change.PathChange;
import dev.stele.git.change.Place;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import dev.stele.git.restore.Outcome.Done;
import dev.stele.git.restore.Outcome.Left;
import dev.stele.git.restore.Outcome.Prepared;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the plan of a restore, path by path: each is looked at again right before it is
 * touched, and left alone when it is neither as it was nor as it should be. It can be cut short
 * anywhere and done again from the start.
 */
final class Applier {

    static final String CHANGED = "it was changed after the restore began";

    static final String IN_THE_WAY =
            "something that the safety checkpoint does not hold is in its place";

    /** So many are written before it is looked at how much room they take. */
    private static final int AT_ONCE = 128;

    /** How many left paths a summary lists. */
    private static final int LISTED = 1_000;

    private final Place place;
    private final Surroundings surroundings;
    private final FileStates states;
    private final FileWriter writer;
    private final StopSign stop;
    private final Set<String> emptied = new TreeSet<>();
    private final Set<String> needed = new HashSet<>();
    private final Set<String> changed = new TreeSet<>();
    private final List<LeftPath> left = new ArrayList<>();
    private final List<Step> done = new ArrayList<>();

    Applier(
            Place place,
            Surroundings surroundings,
            FileStates states,
            FileWriter writer,
            StopSign stop) {
        this.place = place;
        this.surroundings = surroundings;
        this.states = states;
        this.writer = writer;
        this.stop = stop;
    }

    /**
     * Does all of it.
     *
     * @param journal what has to be on the disk before a path is replaced
     * @throws StopSign.Stopped between two paths
     */
    void apply(RestorePlan plan, List<Path> journal) throws IOException {
        left.addAll(plan.left());
        plan.steps().stream().filter(step -> !step.isDeletion()).forEach(this::need);
        int deletions = (int) plan.steps().stream().takeWhile(Step::isDeletion).count();
        for (Step step : plan.steps().subList(0, deletions)) {
            stop.check();
            settle(step, attempt(step, _ -> delete(step)));
        }
        removeEmptied();
        try (var replacing = new Replacing(place, stop, journal)) {
            for (int from = deletions; from < plan.steps().size(); from += AT_ONCE) {
                int to = Math.min(plan.steps().size(), from + AT_ONCE);
                prepare(plan.steps().subList(from, to), from, replacing);
                if (replacing.isFull()) {
                    replacing.putInPlace(this::settle);
                }
            }
            replacing.putInPlace(this::settle);
        }
        removeEmptied();
    }

    /** The directories in which names have changed, as far as they are there. */
    List<Path> changedDirectories() {
        return changed.stream().map(place::at).filter(Files::isDirectory).toList();
    }

    /**
     * Writes what some steps bring back beside its place.
     *
     * @param number the place of the first one in the plan
     */
    private void prepare(List<Step> steps, int number, Replacing replacing) throws IOException {
        var outcomes = new @Nullable Outcome[steps.size()];
        try {
            Hands.share(
                    steps.size(),
                    (from, to) -> {
                        try (FileWriter hand = writer.another()) {
                            for (int i = from; i < to; i++) {
                                stop.check();
                                Step step = steps.get(i);
                                int place = number + i;
                                outcomes[i] =
                                        attempt(step, stamp -> write(step, place, stamp, hand));
                            }
                        }
                    });
        } finally {
            for (int i = 0; i < outcomes.length; i++) {
                switch (outcomes[i]) {
                    case Prepared prepared -> replacing.add(steps.get(i), prepared);
                    case Done done -> settle(steps.get(i), done);
                    case Left left -> settle(steps.get(i), left);
                    case null -> {
                        // It was stopped before.
                    }
                }
            }
        }
    }

    private void settle(Step step, Outcome outcome) {
        switch (outcome) {
            case Done() -> done(step);
            case Left(var why) -> left.add(new LeftPath(step.path(), why));
            case Prepared _ -> throw new IllegalArgumentException("It waits beside its place.");
        }
    }

    /** What was done of a plan, path by path. */
    List<PathChange> changes(RestorePlan plan) {
        return done.stream()
                .map(step ->
                        new PathChange(
                                step.path(),
                                step.from(),
                                step.to(),
                                !plan.merged().contains(step.path())))
                .toList();
    }

    /** Looks at everything once more: somebody may have been at work all the time. */
    void compare(Aftermath aftermath) throws IOException {
        List<Step> changedAgain = new ArrayList<>();
        for (Step step : done) {
            // What is ignored now is in no tree, so the disk has the last word.
            if (!aftermath.shows(step) && !isAsItShouldBe(step)) {
                changedAgain.add(step);
            }
        }
        done.removeAll(changedAgain);
        changedAgain.forEach(step -> left.add(new LeftPath(step.path(), Aftermath.AGAIN)));
        Set<String> concerned = new HashSet<>();
        done.forEach(step -> concerned.add(step.path()));
        left.forEach(path -> concerned.add(path.path()));
        left.addAll(aftermath.strangers(concerned));
    }

    /** Tells that nobody could look at everything once more. */
    void leaveUncompared(String why) {
        left.add(new LeftPath(".", "it was restored, but could not be compared: " + why));
    }

    private boolean isAsItShouldBe(Step step) throws IOException {
        if (surroundings.obstacle(step.path(), false) != null) {
            return step.isDeletion();
        }
        Stamp stamp = place.stamp(step.path());
        return (step.isDeletion() && isMadeDirectory(step.path(), stamp))
                || states.is(step.path(), stamp, step.to());
    }

    private void need(Step step) {
        for (String up = step.parent(); !up.isEmpty(); up = parent(up)) {
            needed.add(up);
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** What was done of a plan, and what was not and why. */
    RestoreSummary summary(RestorePlan plan) {
        int deleted = (int) done.stream().filter(Step::isDeletion).count();
        return new RestoreSummary(
                done.size() - deleted,
                deleted,
                left.stream()
                        .limit(LISTED)
                        .map(path -> new LeftPath(RawNames.display(path.path()), path.why()))
                        .toList(),
                done.stream()
                        .map(Step::path)
                        .filter(plan.merged()::contains)
                        .limit(LISTED)
                        .map(RawNames::display)
                        .toList());
    }

    /** What is done to a path when nothing is in its way. */
    private interface Change {
        /**
         * Makes it.
         *
         * @param stamp what is there, or null
         */
        Outcome make(@Nullable Stamp stamp) throws IOException;
    }

    /** Changes one path unless it is as it should be already, or not as it was. */
    private Outcome attempt(Step step, Change change) {
        try {
            String obstacle = surroundings.obstacle(step.path(), step.from() == null);
            if (obstacle != null && !step.isDeletion()) {
                return new Left(obstacle);
            }
            // What is in no directory is not there.
            Stamp stamp = obstacle == null ? place.stamp(step.path()) : null;
            if (obstacle != null || isDone(step, stamp)) {
                return new Done();
            }
            if (states.isKnown(step.path(), stamp) || states.is(step.path(), stamp, step.from())) {
                return change.make(stamp);
            }
            return new Left(step.from() == null ? IN_THE_WAY : CHANGED);
        } catch (IOException e) {
            return new Left(Replacing.unchangeable(e));
        }
    }

    private boolean isDone(Step step, @Nullable Stamp stamp) throws IOException {
        return (step.isDeletion() && isMadeDirectory(step.path(), stamp))
                || (!states.isKnown(step.path(), stamp)
                        && states.is(step.path(), stamp, step.to()));
    }

    /** Whether this restore, cut short before, has put a directory in the place of a file. */
    private boolean isMadeDirectory(String path, @Nullable Stamp stamp) {
        return stamp != null && stamp.isDirectory() && needed.contains(path);
    }

    private void done(Step step) {
        changed.add(step.parent());
        done.add(step);
        if (step.isDeletion()) {
            emptied.add(step.parent());
        }
    }

    private Outcome delete(Step step) throws IOException {
        Files.delete(place.at(step.path()));
        return new Done();
    }

    private Outcome write(Step step, int number, @Nullable Stamp stamp, FileWriter hand)
            throws IOException {
        FileState to = step.to();
        FileState from = step.from();
        if (to == null) {
            throw new IllegalArgumentException("A deletion comes before all writing.");
        }
        if (from != null && from.isSameFile(to)) {
            hand.setExecutable(place.at(step.path()), to.isExecutable());
            return new Done();
        }
        if (stamp == null) {
            Files.createDirectories(place.at(step.parent()));
        }
        return hand.write(to, place.at(step.path()), number, stamp);
    }

    /** Directories that held what is deleted, from the innermost up, as far as they are empty. */
    private void removeEmptied() throws IOException {
        for (String directory : List.copyOf(emptied).reversed()) {
            String up = directory;
            while (!up.isEmpty() && !needed.contains(up) && remove(up)) {
                up = parent(up);
                changed.add(up);
            }
        }
        emptied.clear();
    }

    private boolean remove(String directory) throws IOException {
        Stamp stamp = place.stamp(directory);
        try {
            if (stamp != null && stamp.isDirectory()) {
                Files.delete(place.at(directory));
            }
            return stamp == null || stamp.isDirectory();
        } catch (FileSystemException e) {
            // It holds something, is mounted, or may not be changed; nothing hangs on it.
            return false;
        }
    }
}
