package dev.stele.contracts;

import org.jspecify.annotations.Nullable;

/**
 * What an agent says that it used, in tokens; null where it does not say. Counts of tokens are
 * those of the turn with which they are told, the context is as it stands, and the cost that of the
 * agent's session so far. Sums are not comparable between agents, since each counts in its own way.
 *
 * @param input tokens read
 * @param output tokens written
 * @param cachedRead tokens read from the model's cache
 * @param cachedWrite tokens written to the model's cache
 * @param thought tokens of reasoning
 * @param total the agent's own sum
 * @param contextUsed tokens in the context now
 * @param contextSize the largest context
 * @param cost what it cost so far
 */
public record TokenUsage(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cachedRead,
        @Nullable Long cachedWrite,
        @Nullable Long thought,
        @Nullable Long total,
        @Nullable Long contextUsed,
        @Nullable Long contextSize,
        @Nullable Cost cost) {

    /**
     * Money.
     *
     * @param amount how much
     * @param currency in what, for example {@code USD}
     */
    public record Cost(double amount, String currency) {
        /** Makes the text well-formed. */
        public Cost {
            currency = Characters.wellFormed(currency);
        }
    }

    /**
     * {@return this usage with everything that the update tells laid over it}
     *
     * @param update a later word of the same agent
     */
    public TokenUsage mergedWith(TokenUsage update) {
        return new TokenUsage(
                newer(input, update.input),
                newer(output, update.output),
                newer(cachedRead, update.cachedRead),
                newer(cachedWrite, update.cachedWrite),
                newer(thought, update.thought),
                newer(total, update.total),
                newer(contextUsed, update.contextUsed),
                newer(contextSize, update.contextSize),
                newer(cost, update.cost));
    }

    private static <T> @Nullable T newer(@Nullable T old, @Nullable T update) {
        return update == null ? old : update;
    }
}
