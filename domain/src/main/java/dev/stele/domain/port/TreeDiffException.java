package dev.stele.domain.port;

import org.jspecify.annotations.Nullable;

/** A state of a working tree cannot be read; the message names the cause and the cure. */
public final class TreeDiffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message a sentence for people: the cause and the cure
     * @param cause what was thrown below, if anything
     */
    public TreeDiffException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
