package dev.stele.git.restore;

import dev.stele.git.change.FileStates;
import dev.stele.git.change.Place;
import dev.stele.git.disk.RawNames;
import dev.stele.git.disk.Stamp;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what would stand in the way of a plan's steps, without doing any of them. */
final class Rehearsal {

    private final Place place;
    private final Surroundings surroundings;
    private final FileStates states;
    private final Set<String> deleted = new HashSet<>();

    Rehearsal(Place place, Surroundings surroundings, FileStates states, RestorePlan plan) {
        this.place = place;
        this.surroundings = surroundings;
        this.states = states;
        plan.steps().stream().filter(Step::isDeletion).map(Step::path).forEach(deleted::add);
    }

    /** Why a step would be left out, or null. */
    @Nullable String obstacle(Step step) {
        try {
            return found(step);
        } catch (IOException e) {
            return Replacing.unchangeable(e);
        }
    }

    private @Nullable String found(Step step) throws IOException {
        String path = step.path();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            Stamp stamp = place.stamp(above);
            if (stamp == null || deleted.contains(above)) {
                // Nothing is there, or will be when it matters.
                String holder = above.substring(0, Math.max(0, above.lastIndexOf('/')));
                return Files.isWritable(place.at(holder)) ? null : Replacing.NOT_ALLOWED;
            }
            if (!stamp.isDirectory()) {
                return step.isDeletion() ? null : Surroundings.NO_DIRECTORY;
            }
            if (step.from() == null && surroundings.isStrange(above)) {
                return Surroundings.OTHER_REPOSITORY;
            }
        }
        return obstacleAt(step);
    }

    private @Nullable String obstacleAt(Step step) throws IOException {
        Stamp stamp = place.stamp(step.path());
        if (stamp != null
                && stamp.isDirectory()
                && step.from() == null
                && willBeGone(step.path())) {
            return null;
        }
        if (states.is(step.path(), stamp, step.to())) {
            return null;
        }
        if (states.is(step.path(), stamp, step.from())) {
            return mayChange(step) ? null : Replacing.NOT_ALLOWED;
        }
        return step.from() == null ? Applier.IN_THE_WAY : Applier.CHANGED;
    }

    /** Files are made, replaced and deleted by changing what holds them. */
    private boolean mayChange(Step step) {
        boolean onlyMode =
                step.from() != null && step.to() != null && step.from().isSameFile(step.to());
        return onlyMode || Files.isWritable(place.at(step.parent()));
    }

    /** Whether a directory holds nothing but what is deleted before. */
    private boolean willBeGone(String directory) throws IOException {
        boolean empty = true;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(place.at(directory))) {
            for (Path child : children) {
                String path = directory + "/" + RawNames.of(child.getFileName());
                Stamp stamp = place.stamp(path);
                boolean gone =
                        (stamp != null && stamp.isDirectory())
                                ? willBeGone(path)
                                : deleted.contains(path);
                if (!gone) {
                    return false;
                }
                empty = false;
            }
        }
        return !empty;
    }
}
