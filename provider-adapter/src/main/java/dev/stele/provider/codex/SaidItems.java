package dev.stele.provider.codex;

import dev.stele.provider.rpc.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How much of each item of words came piece by piece, so that of the whole, which comes at the
 * item's end and again at the turn's end, only that is taken which nobody heard yet.
 */
final class SaidItems {
    private final Map<String, Integer> lengths = new HashMap<>();

    /** None. */
    SaidItems() {}

    /** A piece of an item came. */
    void more(@Nullable String id, String piece) {
        if (id != null) {
            lengths.merge(id, piece.length(), Integer::sum);
        }
    }

    /** What the whole item holds beyond its pieces; then all of it is said. */
    String unsaid(String id, JsonNode item) {
        String whole = text(item);
        int heard = lengths.getOrDefault(id, 0);
        lengths.put(id, Math.max(heard, whole.length()));
        return heard < whole.length() ? whole.substring(heard) : "";
    }

    /** Messages are a text; reasoning is a list of summaries, or else of full texts. */
    private static String text(JsonNode item) {
        String text = Json.text(item, "text");
        if (text != null) {
            return text;
        }
        String summary = joined(item.path("summary"));
        return summary.isEmpty() ? joined(item.path("content")) : summary;
    }

    private static String joined(JsonNode texts) {
        var joined = new StringBuilder();
        for (JsonNode text : texts) {
            String words = text.isString() ? text.stringValue() : Json.text(text, "text");
            joined.append(words == null ? "" : words);
        }
        return joined.toString();
    }
}
