package dev.stele.app.error;

import dev.stele.contracts.Characters;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.port.DispatchResult;
import org.jspecify.annotations.Nullable;

/**
 * Something that Stele cannot do as asked; the message names the cause and the cure. What goes
 * wrong with the log itself is a {@link dev.stele.domain.port.StoreException}.
 */
public abstract sealed class SteleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private SteleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The directory of a project is missing, is none, or cannot be entered. */
    public static final class InvalidDirectory extends SteleException {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param message names the directory, what is wrong and what to do
         * @param cause what was thrown below, if anything
         */
        public InvalidDirectory(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The home directory cannot be made or used. */
    public static final class InvalidHome extends SteleException {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param message names the directory, what is wrong and what to do
         * @param cause what was thrown below, if anything
         */
        public InvalidHome(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What was chosen is wrong: the settings cannot be read or say something that they may not, or
     * a module that was installed does not bind what it was installed for.
     */
    public static final class InvalidConfiguration extends SteleException {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param message names the file and the place in it, or the module; what is wrong; and what
         *     to do
         * @param cause what was thrown below, if anything
         */
        public InvalidConfiguration(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A command was refused; nothing changed. */
    public static final class Refused extends SteleException {
        private static final long serialVersionUID = 1L;
        private final transient DeciderError error;

        /**
         * A refusal.
         *
         * @param error why
         */
        public Refused(DeciderError error) {
            super(error.message(), null);
            this.error = error;
        }

        /** {@return why} */
        public DeciderError error() {
            return error;
        }
    }

    /** There is no restore that an undo could take back, or something else came after it. */
    public static final class NothingToUndo extends SteleException {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param message why, and what can be restored instead
         */
        public NothingToUndo(String message) {
            super(message, null);
        }
    }

    /** A command could not be carried out: Stele is overloaded or closed, or its log fails. */
    public static final class Unavailable extends SteleException {
        private static final long serialVersionUID = 1L;

        /**
         * A failure.
         *
         * @param message the cause and the cure
         */
        public Unavailable(String message) {
            super(message, null);
        }
    }

    /** Another node writes to the log, which several share; nothing happened. */
    public static final class NotTheWriter extends SteleException {
        private static final long serialVersionUID = 1L;
        private final @Nullable String node;

        /**
         * A refusal.
         *
         * @param node the node that writes; null while none does
         */
        public NotTheWriter(@Nullable String node) {
            super(
                    node == null
                            ? "No node writes to the log right now; send it again in a moment."
                            : "The node "
                                    + Characters.quoted(node)
                                    + " writes to the log, and this one follows it; send it there,"
                                    + " or here once that node is closed.",
                    null);
            this.node = node;
        }

        /** {@return the node that writes; null while none does} */
        public @Nullable String node() {
            return node;
        }
    }

    /**
     * The good answer, or the exception that says what another one means.
     *
     * @param result an answer to a command
     * @return the answer when the command was accepted
     */
    public static DispatchResult.Accepted requireAccepted(DispatchResult result) {
        return switch (result) {
            case DispatchResult.Accepted accepted -> accepted;
            case DispatchResult.Rejected(var error) -> throw new Refused(error);
            case DispatchResult.Overloaded() ->
                    throw new Unavailable("Stele has too much to do; send it again in a moment.");
            case DispatchResult.CommandIdConflict(var id) ->
                    throw new Unavailable(
                            "The command id " + id + " belongs to another command; take a new id.");
            case DispatchResult.Unencodable(var why) -> throw new Unavailable(why);
            case DispatchResult.NotTheWriter(var node) -> throw new NotTheWriter(node);
            case DispatchResult.Unavailable(var why) -> throw new Unavailable(why);
        };
    }
}
