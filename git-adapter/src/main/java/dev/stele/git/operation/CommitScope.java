package dev.stele.git.operation;

import dev.stele.git.change.Span;
import java.util.List;

/** What of a project a commit holds. Whatever is ignored and not tracked is in none. */
public sealed interface CommitScope {

    /** Everything that differs from HEAD, whoever changed it. */
    record Everything() implements CommitScope {}

    /**
     * Named files, and all that is in named directories.
     *
     * @param paths relative to the project, with slashes
     */
    record Named(List<String> paths) implements CommitScope {
        /** Makes the list immutable. */
        public Named {
            paths = List.copyOf(paths);
        }
    }

    /**
     * What changed in some spans of time and is not committed yet. What others have changed in the
     * same files is left out where both can be told apart line by line; else the file is left.
     *
     * @param spans the thread's turns and restores, oldest first
     */
    record Within(List<Span> spans) implements CommitScope {
        /** Makes the list immutable. */
        public Within {
            spans = List.copyOf(spans);
        }
    }
}
