package dev.stele.provider.codex;

import dev.stele.contracts.TokenUsage;
import dev.stele.provider.rpc.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a thread uses. Codex tells the sums of the whole thread and the figures of the last call; a
 * turn's share is what the sums have grown by. Of a thread that is gone on with, the sums before
 * the first call are those after it without it.
 */
final class ThreadUsage {
    private static final TokenUsage NOTHING =
            new TokenUsage(0L, 0L, 0L, 0L, 0L, 0L, null, null, null);

    private @Nullable TokenUsage before = NOTHING;
    private @Nullable TokenUsage now = NOTHING;

    /** Nothing is used. */
    ThreadUsage() {}

    /** What was used before is not known. */
    void goOn() {
        now = null;
    }

    /** A turn begins. */
    void begin() {
        before = now;
    }

    /**
     * Takes in an update.
     *
     * @param update the sums, the last call's figures and the size of the context
     * @return whether it could be read
     */
    boolean update(JsonNode update) {
        if (!update.path("total").isObject()) {
            return false;
        }
        TokenUsage total = tokens(update.path("total"), update);
        if (before == null) {
            before = difference(tokens(update.path("last"), update), total);
        }
        now = total;
        return true;
    }

    private static TokenUsage tokens(JsonNode sums, JsonNode update) {
        return new TokenUsage(
                Json.integer(sums, "inputTokens"),
                Json.integer(sums, "outputTokens"),
                Json.integer(sums, "cachedInputTokens"),
                Json.integer(sums, "cacheWriteInputTokens"),
                Json.integer(sums, "reasoningOutputTokens"),
                Json.integer(sums, "totalTokens"),
                Json.integer(update, "last", "totalTokens"),
                Json.integer(update, "modelContextWindow"),
                null);
    }

    /** What the turn used that was begun last, or null when nothing was told since. */
    @Nullable TokenUsage ofTurn() {
        return before == null || now == null || before.equals(now) ? null : difference(before, now);
    }

    private static TokenUsage difference(TokenUsage earlier, TokenUsage later) {
        return new TokenUsage(
                grown(earlier.input(), later.input()),
                grown(earlier.output(), later.output()),
                grown(earlier.cachedRead(), later.cachedRead()),
                grown(earlier.cachedWrite(), later.cachedWrite()),
                grown(earlier.thought(), later.thought()),
                grown(earlier.total(), later.total()),
                later.contextUsed(),
                later.contextSize(),
                null);
    }

    /** Sums that shrink were begun anew. */
    private static @Nullable Long grown(@Nullable Long earlier, @Nullable Long later) {
        return earlier == null || later == null || later < earlier
                ? later
                : Long.valueOf(later - earlier);
    }
}
