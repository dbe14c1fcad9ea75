package dev.stele.app.cli;

import dev.stele.domain.port.LogHead;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a log to machines. The names are part of the interface. */
final class LogJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LogJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Where a log ends: in one word, as people keep it, and in its parts. */
    static ObjectNode head(LogHead head) {
        return object().put("head", head.token())
                .put("sequence", head.sequence())
                .put("hash", head.hash());
    }

    /** Prints a value on a line. */
    static void print(ObjectNode value, Console console) {
        console.bytes(JSON.writeValueAsBytes(value));
    }
}
