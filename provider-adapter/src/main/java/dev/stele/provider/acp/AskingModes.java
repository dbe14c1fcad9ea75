package dev.stele.provider.acp;

import dev.stele.provider.rpc.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Modes of agents that begin in one in which they approve their own actions, so that nobody would
 * be asked. An agent shows its modes as such, or as one of its options.
 */
final class AskingModes {

    /** Asking modes by the mode that asks for less, the one that suits best first. */
    private static final Map<String, List<String>> ASKING_INSTEAD_OF =
            Map.ofEntries(
                    Map.entry("agent", List.of("read-only")), // codex-acp
                    Map.entry("agent-full-access", List.of("read-only")), // codex-acp
                    Map.entry("auto", List.of("default", "approve")), // qwen, goose
                    Map.entry("auto-edit", List.of("default")), // qwen
                    Map.entry("autoEdit", List.of("default")), // gemini
                    Map.entry("yolo", List.of("default")), // qwen, gemini
                    Map.entry("smart_approve", List.of("approve")), // goose
                    Map.entry("acceptEdits", List.of("default")), // claude-agent-acp
                    Map.entry("dontAsk", List.of("default")), // claude-agent-acp
                    Map.entry("bypassPermissions", List.of("default"))); // claude-agent-acp

    private AskingModes() {}

    /**
     * What to ask of the agent.
     *
     * @param method the method
     * @param option the option that is the mode, or null when modes are no option
     * @param mode the mode to change to
     */
    record Change(String method, @Nullable String option, String mode) {

        /** Puts it into the parameters. */
        void put(ObjectNode params) {
            if (option == null) {
                params.put("modeId", mode);
            } else {
                params.put("configId", option).put("value", mode);
            }
        }
    }

    /**
     * The change to make, or null when the session may stay in the mode that it is in.
     *
     * @param session the agent's answer to {@code session/new}, {@code load} or {@code resume}
     */
    static @Nullable Change insteadOf(JsonNode session) {
        JsonNode modes = session.path("modes");
        if (modes.isObject()) {
            Set<String> offered = ids(modes.path("availableModes"), "id");
            String mode = asking(Json.text(modes, "currentModeId"), offered);
            return mode == null ? null : new Change("session/set_mode", null, mode);
        }
        for (JsonNode option : session.path("configOptions")) {
            String id = Json.text(option, "id");
            if (id != null && "mode".equals(Json.text(option, "category"))) {
                Set<String> offered = ids(option.path("options"), "value");
                String mode = asking(Json.text(option, "currentValue"), offered);
                return mode == null ? null : new Change("session/set_config_option", id, mode);
            }
        }
        return null;
    }

    private static @Nullable String asking(@Nullable String current, Set<String> offered) {
        if (current != null) {
            for (String asking : ASKING_INSTEAD_OF.getOrDefault(current, List.of())) {
                if (offered.contains(asking)) {
                    return asking;
                }
            }
        }
        return null;
    }

    /** Options may stand in groups. */
    private static Set<String> ids(JsonNode array, String name) {
        var ids = new HashSet<String>();
        for (JsonNode entry : array) {
            String id = Json.text(entry, name);
            if (id != null) {
                ids.add(id);
            }
            ids.addAll(ids(entry.path("options"), name));
        }
        return ids;
    }
}
