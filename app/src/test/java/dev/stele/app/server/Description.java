package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's description, to hold answers against: what is there is described, and what is
 * required is there.
 */
final class Description {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final ObjectNode CLOSED = closed(read("openapi.json"));
    private static final Map<String, Schema> KNOWN = new ConcurrentHashMap<>();

    private Description() {}

    private static ObjectNode read(String file) {
        try (InputStream in = SteleServer.class.getResourceAsStream(file)) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object whose fields are told has no others, unless it says so. */
    private static ObjectNode closed(ObjectNode description) {
        close(description);
        return description;
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").size() > 0
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Description::close);
    }

    /** What the description itself does against the rules of OpenAPI. */
    static List<Error> mistakes(JsonNode description) {
        return SCHEMAS.getSchema(read("openapi-31.schema.json")).validate(description);
    }

    /** Fails when an answer is another one than was described. */
    static void check(String method, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (type.endsWith("json")) {
            check(method, answer.statusCode(), answer.uri().getPath(), answer.body());
        }
    }

    /** Fails when a body is another one than was described; where nothing is, all is well. */
    static void check(String method, int status, String path, String body) {
        String known = template(path);
        if (known != null) {
            String place =
                    status == 200
                            ? "#/paths/%s/%s/responses/200/content/application~1json/schema"
                                    .formatted(
                                            known.replace("/", "~1"),
                                            method.toLowerCase(Locale.ROOT))
                            : "#/components/schemas/Problem";
            assertThat(KNOWN.computeIfAbsent(place, Description::at).validate(JSON.readTree(body)))
                    .as("%s %s: %s", method, path, body)
                    .isEmpty();
        }
    }

    private static Schema at(String place) {
        assertThat(CLOSED.at(place.substring(1)).isObject()).as(place).isTrue();
        return SCHEMAS.getSchema(CLOSED.deepCopy().put("$ref", place));
    }

    private static @Nullable String template(String path) {
        for (String known : CLOSED.path("paths").propertyNames()) {
            if (path.matches(known.replaceAll("\\{\\w+}", "[^/]+"))) {
                return known;
            }
        }
        return null;
    }
}
