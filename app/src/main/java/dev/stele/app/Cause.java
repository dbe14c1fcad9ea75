package dev.stele.app;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a fact is in the log.
 *
 * @param facts from the fact that was asked about to the one that a command led to: what an agent
 *     said leads back to the prompt of its turn, what was reported of outside work to the request
 *     for it; at least one
 * @param receipt the receipt of the command that led to the last of them: its id, when it was
 *     answered and which facts it led to; null when it left none, as commands of Stele itself
 */
public record Cause(List<StoredEvent> facts, @Nullable Receipt receipt) {

    /** Makes the list immutable. */
    public Cause {
        facts = List.copyOf(facts);
    }
}
