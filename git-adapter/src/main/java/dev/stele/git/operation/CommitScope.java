package dev.stele.git.operation;

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
     * What changed in some spans of time and is not committed yet. A file is taken whole: with what
     * somebody else has changed in it.
     *
     * @param spans the thread's turns and restores
     */
    record Within(List<Span> spans) implements CommitScope {
        /** Makes the list immutable. */
        public Within {
            spans = List.copyOf(spans);
        }
    }

    /**
     * A span of time between two checkpoints.
     *
     * @param fromRef the checkpoint at its start
     * @param toRef the checkpoint at its end
     * @param headRef the checkpoint that knows where HEAD stood at its end
     */
    record Span(String fromRef, String toRef, String headRef) {}
}
