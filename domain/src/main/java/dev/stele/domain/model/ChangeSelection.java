package dev.stele.domain.model;

import dev.stele.contracts.Characters;
import java.util.List;

/** Which of a project's changes a commit holds, or a restore takes back. */
public sealed interface ChangeSelection {

    /**
     * What the thread's turns and restores have changed: for a commit, since they were committed
     * last; for a restore, since its checkpoint. What others have changed or staged stays as it is,
     * also in the same files where both can be told apart line by line; where they cannot the file
     * is left and listed.
     */
    record Own() implements ChangeSelection {}

    /** Everything that is not ignored, whoever changed it. */
    record All() implements ChangeSelection {}

    /**
     * Named files, and all that is in named directories.
     *
     * @param paths relative to the project, with slashes; at least one
     */
    record Paths(List<String> paths) implements ChangeSelection {
        /** Makes texts well-formed and the list immutable. */
        public Paths {
            paths = paths.stream().map(Characters::wellFormed).toList();
        }
    }
}
