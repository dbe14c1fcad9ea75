package dev.stele.app.live.model;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** A language in which agents ask models. Its documents are maps and lists that become JSON. */
interface Dialect {

    /** Whether it is spoken at this path. */
    boolean isSpokenAt(String path);

    /** Whether the answer is to come in pieces. */
    boolean streams(String path, JsonNode request);

    /** What is asked. */
    Conversation read(JsonNode request);

    /** An answer in one piece. */
    Object whole(Reply reply);

    /** An answer in pieces, but for a connection that is to break. */
    void stream(Reply reply, EventStream out) throws IOException;

    /** An error. */
    Object error(int status, String words);
}
