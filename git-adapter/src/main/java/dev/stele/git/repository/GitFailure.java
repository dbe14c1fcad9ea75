package dev.stele.git.repository;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that cannot be done with a repository; the message is a sentence for people. */
public final class GitFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final List<String> paths;

    /**
     * A failure without a deeper cause.
     *
     * @param message names the cause and the cure
     */
    public GitFailure(String message) {
        this(message, (Throwable) null);
    }

    /**
     * A failure.
     *
     * @param message names the cause and the cure
     * @param cause what was thrown below, if anything
     */
    public GitFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sentence = message;
        this.paths = List.of();
    }

    /**
     * A failure for which certain files are the reason.
     *
     * @param message names the cause and the cure
     * @param paths the files, for people, from the top of the working tree
     */
    public GitFailure(String message, List<String> paths) {
        super(message);
        this.sentence = message;
        this.paths = List.copyOf(paths);
    }

    /** The message: names the cause and the cure. */
    public String sentence() {
        return sentence;
    }

    /** The files that are the reason, where the message does not name them. */
    public List<String> paths() {
        return paths;
    }
}
