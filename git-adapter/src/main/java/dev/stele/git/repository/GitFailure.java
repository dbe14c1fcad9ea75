package dev.stele.git.repository;

import org.jspecify.annotations.Nullable;

/** Something that cannot be done with a repository; the message is a sentence for people. */
public final class GitFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    /**
     * A failure without a deeper cause.
     *
     * @param message names the cause and the cure
     */
    public GitFailure(String message) {
        this(message, null);
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
    }

    /** The message: names the cause and the cure. */
    public String sentence() {
        return sentence;
    }
}
