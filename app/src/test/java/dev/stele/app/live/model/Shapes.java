package dev.stele.app.live.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Documents that fit a schema: agents ask models small things of their own in that way. */
final class Shapes {

    private Shapes() {}

    static Object fitting(JsonNode schema) {
        if (schema.path("enum").isArray()) {
            return schema.path("enum").path(0).asString("");
        }
        return switch (schema.path("type").asString("object").toLowerCase(Locale.ROOT)) {
            case "string" -> "scripted";
            case "boolean" -> false;
            case "number", "integer" -> 1;
            case "array" -> List.of();
            default -> members(schema);
        };
    }

    private static Map<String, Object> members(JsonNode schema) {
        var members = new LinkedHashMap<String, Object>();
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            members.put(member.getKey(), fitting(member.getValue()));
        }
        return members;
    }
}
