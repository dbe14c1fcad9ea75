package dev.stele.provider.acp;

import dev.stele.contracts.TokenUsage;
import dev.stele.provider.rpc.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what agents say that they used. */
final class Usages {

    private Usages() {}

    /** What the answer to a prompt tells, or null. */
    static @Nullable TokenUsage ofTurn(JsonNode result) {
        TokenUsage usage = tokens(result.path("usage"));
        return usage != null ? usage : tokens(Json.below(result, "_meta", "quota", "token_count"));
    }

    /** What an update of the session's use tells. */
    static TokenUsage ofSession(JsonNode update) {
        return new TokenUsage(
                null,
                null,
                null,
                null,
                null,
                null,
                Json.integer(update, "used"),
                Json.integer(update, "size"),
                cost(update.path("cost")));
    }

    /** The counts in an object, or null when there is none. */
    static @Nullable TokenUsage tokens(JsonNode json) {
        if (!json.isObject() || json.isEmpty()) {
            return null;
        }
        return new TokenUsage(
                either(json, "inputTokens", "input_tokens"),
                either(json, "outputTokens", "output_tokens"),
                either(json, "cachedReadTokens", "cachedInputTokens"),
                either(json, "cachedWriteTokens", "cacheWriteInputTokens"),
                either(json, "thoughtTokens", "reasoningOutputTokens"),
                either(json, "totalTokens", "total_tokens"),
                null,
                null,
                null);
    }

    private static @Nullable Long either(JsonNode json, String name, String otherName) {
        Long value = Json.integer(json, name);
        return value != null ? value : Json.integer(json, otherName);
    }

    private static TokenUsage.@Nullable Cost cost(JsonNode json) {
        String currency = Json.text(json, "currency");
        JsonNode amount = json.path("amount");
        return currency == null || !amount.isNumber()
                ? null
                : new TokenUsage.Cost(amount.asDouble(), currency);
    }
}
