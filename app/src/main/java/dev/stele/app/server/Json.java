package dev.stele.app.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** JSON around the domain's own values, which come encoded. */
final class Json {
    static final String TYPE = "application/json";

    /** JSON is UTF-8; what looks like another encoding is none. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    /** What the parser says for those who program with it. */
    private static final Pattern ASIDE = Pattern.compile(" \\(start marker.*|: enable `.*");

    private Json() {}

    /** An object that is built field by field. */
    static Fields fields() {
        return new Fields(MAPPER.createObjectNode());
    }

    /** An object that came encoded, to add to. */
    static Fields fields(byte[] encoded) {
        return new Fields((ObjectNode) MAPPER.readTree(encoded));
    }

    /** What was sent, when it is an object. */
    static ObjectNode object(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (StreamConstraintsException e) {
            throw Problem.of(
                    413, "TooLarge", "The body is nested too deeply, or holds too long a number.");
        } catch (JacksonException e) {
            throw Problem.malformed(
                    "The body is no JSON: %s, at byte %d."
                            .formatted(why(e), e.getLocation().getByteOffset()));
        }
        throw Problem.malformed("The body is no JSON object.");
    }

    private static String why(JacksonException e) {
        return e instanceof DatabindException
                ? "something follows the object"
                : ASIDE.matcher(e.getOriginalMessage()).replaceFirst("");
    }

    /** What was sent, when it is an object with these fields at most. */
    static ObjectNode object(byte[] body, String... known) {
        ObjectNode object = object(body);
        for (String name : object.propertyNames()) {
            if (!Set.of(known).contains(name)) {
                throw Problem.of(
                        422,
                        "InvalidInput",
                        "Nothing is called %s here; there are %s."
                                .formatted(name, String.join(", ", known)));
            }
        }
        return object;
    }

    /** Refuses all but an empty object. */
    static void requireEmpty(byte[] body) {
        if (!object(body).isEmpty()) {
            throw Problem.of(422, "InvalidInput", "Nothing can be said here; send {}.");
        }
    }

    /** As bytes. */
    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** An array of values that came encoded. */
    static ArrayNode array(List<byte[]> encoded) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        encoded.forEach(value -> array.addRawValue(raw(value)));
        return array;
    }

    private static RawValue raw(byte[] encoded) {
        return new RawValue(new String(encoded, StandardCharsets.UTF_8));
    }

    /**
     * Fields of an object. What is null is left out.
     *
     * @param node the object
     */
    record Fields(ObjectNode node) {

        Fields put(String name, @Nullable String value) {
            if (value != null) {
                node.put(name, value);
            }
            return this;
        }

        Fields put(String name, long value) {
            node.put(name, value);
            return this;
        }

        Fields put(String name, boolean value) {
            node.put(name, value);
            return this;
        }

        Fields put(String name, JsonNode value) {
            node.set(name, value);
            return this;
        }

        Fields encoded(String name, byte @Nullable [] value) {
            if (value != null) {
                node.putRawValue(name, raw(value));
            }
            return this;
        }

        Fields array(String name, List<byte[]> values) {
            return put(name, Json.array(values));
        }

        byte[] bytes() {
            return Json.bytes(node);
        }
    }
}
