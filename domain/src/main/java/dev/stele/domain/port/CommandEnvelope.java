package dev.stele.domain.port;

import dev.stele.contracts.CommandId;
import dev.stele.domain.command.OrchestrationCommand;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A command as a door sends it.
 *
 * @param commandId names this sending: a repeat under the same id gets the first answer
 * @param issuedAt when it was sent, cut to milliseconds
 * @param command the wish
 */
public record CommandEnvelope(CommandId commandId, Instant issuedAt, OrchestrationCommand command) {
    /** Cuts the time. */
    public CommandEnvelope {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
    }
}
