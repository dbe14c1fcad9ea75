package dev.stele.provider.acp;

import dev.stele.provider.rpc.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Modes of agents that begin in one in which they approve their own actions, so that nobody would
 * be asked.
 */
final class AskingModes {

    private static final Map<String, String> ASKING_INSTEAD_OF =
            Map.of(
                    "agent", "read-only", // codex-acp
                    "auto", "default"); // qwen

    private AskingModes() {}

    /**
     * The mode to change to, or null when the session may stay in the one that it is in.
     *
     * @param session the agent's answer to {@code session/new}
     */
    static @Nullable String insteadOf(JsonNode session) {
        String current = Json.text(session, "modes", "currentModeId");
        String asking = current == null ? null : ASKING_INSTEAD_OF.get(current);
        if (asking != null) {
            for (JsonNode mode : Json.below(session, "modes", "availableModes")) {
                if (asking.equals(Json.text(mode, "id"))) {
                    return asking;
                }
            }
        }
        return null;
    }
}
