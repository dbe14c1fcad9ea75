package dev.stele.git.reactor;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings commands to the writer, again and again while it has no room or its store is away. */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final CommandGateway gateway;
    private final Predicate<Duration> pause;

    /**
     * @param pause waits, and tells whether to go on
     */
    Reports(CommandGateway gateway, Predicate<Duration> pause) {
        this.gateway = gateway;
        this.pause = pause;
    }

    /**
     * Sends a command until it is answered.
     *
     * @return the answer; {@link DispatchResult.Unavailable} only when the reactor closes
     */
    DispatchResult send(OrchestrationCommand command) throws InterruptedException {
        Duration wait = SHORTEST;
        while (true) {
            DispatchResult result = sendOnce(command);
            boolean again =
                    switch (result) {
                        case DispatchResult.Overloaded _,
                                DispatchResult.Unavailable _,
                                DispatchResult.NotTheWriter _ ->
                                true;
                        case DispatchResult.Accepted _,
                                DispatchResult.Rejected _,
                                DispatchResult.CommandIdConflict _,
                                DispatchResult.Unencodable _ ->
                                false;
                    };
            if (!again) {
                LOG.debug("{}: {}", command, result);
                return result;
            }
            if (!pause.test(wait)) {
                return result;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
        }
    }

    private DispatchResult sendOnce(OrchestrationCommand command) throws InterruptedException {
        try {
            return gateway.submit(command).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A gateway's answer never fails.", e);
        }
    }
}
