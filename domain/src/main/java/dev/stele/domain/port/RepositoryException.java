package dev.stele.domain.port;

import org.jspecify.annotations.Nullable;

/** A repository is not there, or cannot be read; the message is a sentence for people. */
public final class RepositoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception.
     *
     * @param message a sentence for people: the cause, and the cure where one is known
     * @param cause what went wrong below, if anything
     */
    public RepositoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
