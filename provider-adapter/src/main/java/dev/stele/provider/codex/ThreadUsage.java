package dev.stele.provider.codex;

import dev.stele.contracts.TokenUsage;
import dev.stele.provider.rpc.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a thread used: codex tells its sums, and a turn's share is what they have grown by. */
final class ThreadUsage {
    private static final TokenUsage NOTHING =
            new TokenUsage(0L, 0L, 0L, 0L, 0L, 0L, null, null, null);

    private TokenUsage total = NOTHING;

    /** Nothing is used. */
    ThreadUsage() {}

    /** All that was used so far. */
    TokenUsage total() {
        return total;
    }

    /**
     * Takes in an update. Returns what it tells of the thread, or null when it cannot be read.
     *
     * @param update the sums, the last call's figures and the size of the context
     */
    @Nullable TokenUsage updated(JsonNode update) {
        JsonNode sums = update.path("total");
        if (!sums.isObject()) {
            return null;
        }
        total =
                new TokenUsage(
                        Json.integer(sums, "inputTokens"),
                        Json.integer(sums, "outputTokens"),
                        Json.integer(sums, "cachedInputTokens"),
                        Json.integer(sums, "cacheWriteInputTokens"),
                        Json.integer(sums, "reasoningOutputTokens"),
                        Json.integer(sums, "totalTokens"),
                        Json.integer(update, "last", "totalTokens"),
                        Json.integer(update, "modelContextWindow"),
                        null);
        return total;
    }

    /**
     * What was used since, or null when nothing was told since.
     *
     * @param before all that was used then
     */
    @Nullable TokenUsage since(TokenUsage before) {
        return total.equals(before)
                ? null
                : new TokenUsage(
                        grown(before.input(), total.input()),
                        grown(before.output(), total.output()),
                        grown(before.cachedRead(), total.cachedRead()),
                        grown(before.cachedWrite(), total.cachedWrite()),
                        grown(before.thought(), total.thought()),
                        grown(before.total(), total.total()),
                        total.contextUsed(),
                        total.contextSize(),
                        null);
    }

    /** Sums that shrink were begun anew. */
    private static @Nullable Long grown(@Nullable Long before, @Nullable Long now) {
        return before == null || now == null || now < before ? now : (Long) (now - before);
    }
}
