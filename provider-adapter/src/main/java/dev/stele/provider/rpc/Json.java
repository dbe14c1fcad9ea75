package dev.stele.provider.rpc;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees read without trust: whatever is not there, or of another type, is null. */
public final class Json {

    /**
     * A line's length is bounded before it is read, so a string in it needs no bound of its own.
     */
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private Json() {}

    /**
     * The JSON value that the text is.
     *
     * @param text any text
     * @throws NotJson when it is none; the message says where and why
     */
    public static JsonNode parse(String text) throws NotJson {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new NotJson("it is empty");
            }
            return node;
        } catch (JacksonException e) {
            var at = e.getLocation();
            String where =
                    at == null
                            ? ""
                            : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
            throw new NotJson(e.getOriginalMessage() + where);
        } catch (NumberFormatException | ArithmeticException e) {
            // The parser's own limits on numbers come without a place.
            throw new NotJson("a number in it is beyond all limits: " + e.getMessage());
        }
    }

    /** The value as JSON text on one line. */
    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** A new object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A new array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A JSON string. */
    public static JsonNode string(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    /** The string below these names, or null. */
    public static @Nullable String text(JsonNode node, String... names) {
        JsonNode found = below(node, names);
        return found.isString() ? found.stringValue() : null;
    }

    /** The whole number below these names, or null. */
    public static @Nullable Long integer(JsonNode node, String... names) {
        JsonNode found = below(node, names);
        return found.isIntegralNumber() && found.canConvertToLong() ? found.longValue() : null;
    }

    /** The whole number below these names that an int can hold, or null. */
    public static @Nullable Integer smallInteger(JsonNode node, String... names) {
        JsonNode found = below(node, names);
        return found.isIntegralNumber() && found.canConvertToInt() ? found.intValue() : null;
    }

    /** What is below these names; a missing or null node when there is nothing. */
    public static JsonNode below(JsonNode node, String... names) {
        JsonNode found = node;
        for (String name : names) {
            found = found.path(name);
        }
        return found;
    }

    /** Whether there is a value: neither missing nor JSON's null. */
    public static boolean isPresent(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /** A text is not JSON. */
    public static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;

        NotJson(String message) {
            super(message);
        }
    }
}
