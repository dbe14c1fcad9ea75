package dev.stele.domain.model;

import dev.stele.contracts.ProviderError;
import dev.stele.contracts.StopReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a turn is. */
public sealed interface TurnState {

    /** Its agent is at work, or waits for an approval. */
    record Open() implements TurnState {}

    /**
     * Interrupted, and the agent may still speak.
     *
     * @param cause why
     * @param at when it was interrupted
     */
    record Draining(InterruptCause cause, Instant at) implements TurnState {}

    /**
     * Interrupted, and silent for good.
     *
     * @param cause why
     * @param at when it was interrupted
     * @param drainedAt when the agent had ended it
     */
    record Interrupted(InterruptCause cause, Instant at, Instant drainedAt) implements TurnState {}

    /**
     * Ended in order.
     *
     * @param stopReason why
     * @param cause what led to it where the reason alone misleads
     * @param at when
     */
    record Completed(StopReason stopReason, @Nullable String cause, Instant at)
            implements TurnState {}

    /**
     * Ended in failure.
     *
     * @param error what went wrong
     * @param at when
     */
    record Failed(ProviderError error, Instant at) implements TurnState {}

    /** {@return whether the agent may still speak in this turn} */
    default boolean isLive() {
        return this instanceof Open || this instanceof Draining;
    }
}
