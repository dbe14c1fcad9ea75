package dev.stele.domain.port;

import org.jspecify.annotations.Nullable;

/** The store cannot do what was asked; the message names the cause and the cure. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message a sentence for people: the cause and the cure
     * @param cause what was thrown below, if anything
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Another process writes to the store. */
    public static final class Locked extends StoreException {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param message names the store and the process that holds it
         */
        public Locked(String message) {
            super(message, null);
        }
    }

    /** The store's file is damaged, or is no store. */
    public static final class Damaged extends StoreException {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param message names the file, what is wrong and what to do
         * @param cause what was thrown below, if anything
         */
        public Damaged(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
