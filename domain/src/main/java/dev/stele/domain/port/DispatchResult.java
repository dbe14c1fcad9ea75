package dev.stele.domain.port;

import dev.stele.contracts.CommandId;
import dev.stele.domain.command.DeciderError;
import org.jspecify.annotations.Nullable;

/** The answer to a command. Only {@link Accepted} and {@link Rejected} leave a receipt. */
public sealed interface DispatchResult {

    /**
     * The facts are durable.
     *
     * @param firstSequence the place of the first of them; one more than the last when there are
     *     none, since nothing had to change
     * @param lastSequence the place of the last of them; reading the model at this sequence or
     *     later shows them
     */
    record Accepted(long firstSequence, long lastSequence) implements DispatchResult {}

    /**
     * Refused; nothing changed.
     *
     * @param error why
     */
    record Rejected(DeciderError error) implements DispatchResult {}

    /** The mailbox is full; nothing happened, send it again later. */
    record Overloaded() implements DispatchResult {}

    /**
     * The command id was used for another command before; nothing happened.
     *
     * @param commandId the id
     */
    record CommandIdConflict(CommandId commandId) implements DispatchResult {}

    /**
     * The facts cannot be put into the log, for example since one is too large; nothing changed.
     *
     * @param why a sentence for people
     */
    record Unencodable(String why) implements DispatchResult {}

    /**
     * Another node writes to the log, which several share; nothing happened. The same command under
     * the same id may be sent to that node, or here once this one writes.
     *
     * @param node the node that writes; null while none does
     */
    record NotTheWriter(@Nullable String node) implements DispatchResult {}

    /**
     * The store failed, or the engine is closed. What the log holds decides: after a restart the
     * same command id gets its answer if the command came through.
     *
     * @param why a sentence for people
     */
    record Unavailable(String why) implements DispatchResult {}
}
