package dev.stele.domain.port;

import dev.stele.contracts.CommandId;
import dev.stele.domain.command.DeciderError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The answer that a command id got, for ever.
 *
 * @param commandId the id
 * @param fingerprint of the command's content, see {@link Codec#fingerprint}
 * @param outcome the answer
 * @param answeredAt when, cut to milliseconds
 */
public record Receipt(
        CommandId commandId, String fingerprint, Outcome outcome, Instant answeredAt) {

    /** Cuts the time. */
    public Receipt {
        answeredAt = answeredAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * {@return whether the command led to the fact at a place}
     *
     * @param sequence the place
     */
    public boolean isAbout(long sequence) {
        return outcome instanceof Outcome.Accepted(var first, var last)
                && first <= sequence
                && sequence <= last;
    }

    /** What was answered. */
    public sealed interface Outcome {

        /**
         * Accepted.
         *
         * @param firstSequence the place of the first fact; one more than the last when there are
         *     none
         * @param lastSequence the place of the last fact
         */
        record Accepted(long firstSequence, long lastSequence) implements Outcome {}

        /**
         * Refused.
         *
         * @param error why
         */
        record Rejected(DeciderError error) implements Outcome {}
    }
}
