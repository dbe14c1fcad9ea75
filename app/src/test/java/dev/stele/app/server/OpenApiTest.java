package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description and the server tell the same. */
class OpenApiTest {
    private final ServerRig rig;
    private final JsonNode description;

    OpenApiTest(@TempDir Path folder) {
        this.rig = new ServerRig(folder);
        this.description = rig.json("/api/openapi.json");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** A route in one line. */
    private static String line(String method, String path, Set<String> query) {
        return method + " " + path + " " + new TreeSet<>(query);
    }

    private Set<String> described() {
        var lines = new TreeSet<String>();
        description
                .path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation ->
                                        lines.add(
                                                line(
                                                        operation.getKey().toUpperCase(Locale.ROOT),
                                                        path.getKey(),
                                                        named(operation.getValue(), "query")))));
        return lines;
    }

    private static Set<String> named(JsonNode operation, String place) {
        var names = new HashSet<String>();
        operation
                .path("parameters")
                .forEach(parameter -> {
                    if (parameter.path("in").asString().equals(place)) {
                        names.add(parameter.path("name").asString());
                    }
                });
        return names;
    }

    @Test
    void every_route_is_described_with_its_parameters_and_no_other() {
        var real = new TreeSet<String>();
        rig.server
                .routes()
                .forEach(route -> real.add(line(route.method(), route.path(), route.query())));

        assertThat(described()).isEqualTo(real);
    }

    @Test
    void every_place_in_a_path_is_described() {
        description
                .path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .forEach(operation ->
                                        assertThat(named(operation, "path"))
                                                .as(path.getKey())
                                                .allMatch(name ->
                                                        path.getKey().contains("{" + name + "}"))
                                                .hasSize(
                                                        path.getKey().split("\\{", -1).length
                                                                - 1)));
    }

    @Test
    void what_is_described_is_there_over_the_wire_and_says_what_it_said_it_would() {
        description
                .path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation ->
                                        asked(
                                                operation.getKey(),
                                                path.getKey(),
                                                operation.getValue())));
    }

    private void asked(String method, String path, JsonNode operation) {
        String address = path.replaceAll("\\{\\w+}", "none");
        HttpRequest.Builder request = rig.request(address);
        if (method.equals("post")) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"));
        }
        var answer = rig.answer(request.build());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        assertThat(answer.body()).as(path).doesNotContain("There is nothing at");
        assertThat(answer.statusCode()).as(path).isNotIn(401, 405, 500);
        if (answer.statusCode() == 200) {
            assertThat(operation.path("responses").path("200").path("content").propertyNames())
                    .as(path)
                    .anyMatch(type::startsWith);
        } else {
            assertThat(type).as(path).isEqualTo("application/problem+json");
        }
    }

    @Test
    void it_keeps_to_the_rules_of_open_api_and_the_check_finds_mistakes() {
        assertThat(Description.mistakes(description)).isEmpty();

        ObjectNode wrong = ((ObjectNode) description).deepCopy();
        ((ObjectNode) wrong.at("/paths/~1api~1overview/get")).put("returns", "x");
        ((ObjectNode) wrong.at("/components/schemas/Problem")).put("type", "text");
        assertThat(Description.mistakes(wrong)).hasSizeGreaterThan(1);
    }

    @Test
    void references_lead_somewhere() {
        description
                .findValues("$ref")
                .forEach(reference ->
                        assertThat(description.at(reference.asString().substring(1)).isObject())
                                .as(reference.asString())
                                .isTrue());
    }
}
