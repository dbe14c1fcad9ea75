package dev.stele.domain.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where checkpoints hold a text that is to be erased.
 *
 * @param places one for each repository that has something to tell, ordered by path
 */
public record CheckpointErasureReport(List<Place> places) {

    /** Makes the list immutable. */
    public CheckpointErasureReport {
        places = List.copyOf(places);
    }

    /**
     * The checkpoints in one repository.
     *
     * @param directory the project's directory; of several in one repository the first
     * @param held the checkpoints that hold the text, ordered by name
     * @param users where people hold it themselves, for people: refs, or that it is the index or a
     *     reflog. It is left there
     * @param files the files of the working tree that hold it now, from the top of the project: the
     *     next checkpoint would hold it again
     * @param failure why it could not be looked for, or not be erased altogether; null when it
     *     could
     */
    public record Place(
            String directory,
            List<Held> held,
            List<String> users,
            List<String> files,
            @Nullable String failure) {

        /** Makes the lists immutable. */
        public Place {
            held = List.copyOf(held);
            users = List.copyOf(users);
            files = List.copyOf(files);
        }

        /** {@return whether something that an erasure does not reach holds it, or may hold it} */
        public boolean isLeft() {
            return !users.isEmpty() || !files.isEmpty() || failure != null;
        }
    }

    /**
     * A checkpoint that holds the text.
     *
     * @param ref its ref
     * @param paths the files that hold it, or have it in their names, for people; empty when only
     *     what the checkpoint says of itself holds it
     */
    public record Held(String ref, List<String> paths) {

        /** Makes the list immutable. */
        public Held {
            paths = List.copyOf(paths);
        }
    }

    /** {@return whether no checkpoint holds it} */
    public boolean isEmpty() {
        return places.stream().allMatch(place -> place.held().isEmpty());
    }

    /** {@return whether something that an erasure does not reach holds it, or may hold it} */
    public boolean isLeft() {
        return places.stream().anyMatch(Place::isLeft);
    }
}
