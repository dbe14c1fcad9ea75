package dev.stele.app.live.model;

import tools.jackson.databind.JsonNode;

/** The words of a message, which comes as a text or as a list of blocks. */
final class Texts {

    private Texts() {}

    static String of(JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        var words = new StringBuilder();
        for (JsonNode block : content) {
            words.append(block.path("text").asString("")).append('\n');
        }
        return words.toString();
    }
}
