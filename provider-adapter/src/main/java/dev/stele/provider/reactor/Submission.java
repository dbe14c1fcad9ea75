package dev.stele.provider.reactor;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Submits to the gateway, again and again where need be. Thread-safe. */
final class Submission {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Longer than any process lives. */
    private static final Duration NO_LIMIT = Duration.ofDays(36_500);

    private final CommandGateway gateway;

    Submission(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /** Submits once, waiting for room. */
    CompletableFuture<DispatchResult> send(OrchestrationCommand command)
            throws InterruptedException {
        return gateway.submit(command);
    }

    /** Submits until it is taken. */
    DispatchResult untilTaken(OrchestrationCommand command) throws InterruptedException {
        return untilTaken(command, NO_LIMIT);
    }

    /**
     * Submits until it is taken, with growing pauses, but not for ever.
     *
     * @param limit how long at most
     * @return the last answer; it may be one that asks to send it again
     */
    DispatchResult untilTaken(OrchestrationCommand command, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        DispatchResult result = await(send(command));
        while (!isTaken(result) && deadline - System.nanoTime() > 0) {
            Thread.sleep(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            result = await(send(command));
        }
        return result;
    }

    /** Whether it need not be sent again: it was decided, or never can be. */
    static boolean isTaken(DispatchResult result) {
        return switch (result) {
            case DispatchResult.Accepted _,
                    DispatchResult.Rejected _,
                    DispatchResult.CommandIdConflict _,
                    DispatchResult.Unencodable _ ->
                    true;
            case DispatchResult.Overloaded _,
                    DispatchResult.Unavailable _,
                    DispatchResult.NotTheWriter _ ->
                    false;
        };
    }

    /** The answer, waiting for it. */
    static DispatchResult await(CompletableFuture<DispatchResult> answer)
            throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the gateway's answers never fail", e);
        }
    }
}
