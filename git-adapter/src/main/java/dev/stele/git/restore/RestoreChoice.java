package dev.stele.git.restore;

import dev.stele.contracts.ThreadId;
import dev.stele.git.change.Span;
import java.util.List;

/** What of the difference between a directory and a checkpoint is taken back. */
public sealed interface RestoreChoice {

    /** All of it, whoever changed it. */
    record Everything() implements RestoreChoice {}

    /**
     * Named files, and all that is in named directories.
     *
     * @param paths relative to the project, with slashes
     */
    record Named(List<String> paths) implements RestoreChoice {
        /** Makes the list immutable. */
        public Named {
            paths = List.copyOf(paths);
        }
    }

    /**
     * What a thread has done in some spans of time.
     *
     * @param thread the thread
     * @param spans when it was at work since the checkpoint, oldest first
     */
    record Own(ThreadId thread, List<Span> spans) implements RestoreChoice {
        /** Makes the list immutable. */
        public Own {
            spans = List.copyOf(spans);
        }
    }
}
