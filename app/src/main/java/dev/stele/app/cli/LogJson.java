package dev.stele.app.cli;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a log to machines. The names are part of the interface. */
final class LogJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LogJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Prints a value on a line. */
    static void print(ObjectNode value, Console console) {
        console.bytes(JSON.writeValueAsBytes(value));
    }
}
