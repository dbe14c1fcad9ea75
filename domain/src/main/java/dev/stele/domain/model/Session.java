package dev.stele.domain.model;

import io.vavr.collection.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a thread's session with its agent.
 *
 * @param sessionId the agent's id of it
 * @param title the agent's title for the conversation
 * @param modeId the agent's mode now
 * @param raw the newest raw JSON of each kind of update that is kept as it came
 */
public record Session(
        @Nullable String sessionId,
        @Nullable String title,
        @Nullable String modeId,
        TreeMap<String, String> raw) {

    /** No session yet. */
    public static final Session NONE = new Session(null, null, null, TreeMap.empty());
}
