package dev.stele.domain.model;

import dev.stele.contracts.Characters;
import java.util.List;

/** Which of a project's changes a commit holds. */
public sealed interface ChangeSelection {

    /**
     * The files that the thread's turns and restores have changed since they were committed last.
     * What others have changed or staged in other files stays as it is.
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
