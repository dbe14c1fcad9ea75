package dev.stele.app.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an endpoint answers. */
sealed interface Answer {

    /**
     * All of it at once.
     *
     * @param status the status of HTTP
     * @param type what the body is
     * @param headers others than those that every answer has
     * @param body the bytes, which nobody changes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Whole(int status, String type, Map<String, String> headers, byte[] body)
            implements Answer {}

    /**
     * Events without an end.
     *
     * @param stream writes them
     */
    record Events(EventStream stream) implements Answer {}

    /** JSON that tells of the state at a place in the log. */
    static Answer json(Json.Fields fields, long sequence) {
        return new Whole(
                200, Json.TYPE, Map.of("Stele-Sequence", Long.toString(sequence)), fields.bytes());
    }

    /** JSON. */
    static Answer json(byte[] body) {
        return new Whole(200, Json.TYPE, Map.of(), body);
    }

    /** A text. */
    static Answer text(String type, String text) {
        return new Whole(200, type, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
