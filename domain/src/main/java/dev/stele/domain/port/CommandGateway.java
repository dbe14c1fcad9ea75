package dev.stele.domain.port;

import dev.stele.domain.command.OrchestrationCommand;
import java.util.concurrent.CompletableFuture;

/**
 * The way in: commands to the one writer, in the order in which they come. Thread-safe. The futures
 * complete after the facts are durable and visible in {@link EventFeed#model()}; they never
 * complete exceptionally.
 */
public interface CommandGateway {

    /**
     * Sends a command with an id of its own. Never blocks: a full mailbox answers {@link
     * DispatchResult.Overloaded} at once.
     *
     * @param envelope the command
     * @return the answer, later
     */
    CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope);

    /**
     * Sends what a reactor reports or an agent says, and waits while the mailbox has no room, so
     * that pressure reaches the agent's pipe. It leaves no receipt: reports are settled once by
     * themselves, and provider events by their sequence.
     *
     * @param command a report, or a provider event
     * @return the answer, later; after {@link DispatchResult.Unavailable} or {@link
     *     DispatchResult.Overloaded} it has to be sent again, a provider event under its sequence
     * @throws InterruptedException when the waiting thread is interrupted; nothing was sent
     */
    CompletableFuture<DispatchResult> submit(OrchestrationCommand command)
            throws InterruptedException;
}
