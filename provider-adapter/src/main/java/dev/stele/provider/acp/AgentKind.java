package dev.stele.provider.acp;

import dev.stele.provider.rpc.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The agents that say the same thing in ways of their own, by the name that they give. */
enum AgentKind {
    /** Puts a tool's name into the id of its call, and tells history late. */
    GEMINI("gemini"),
    /** Gives a tool's name as the title of its first announcement. */
    OPENCODE("opencode"),
    /** Any other. */
    OTHER("");

    private final String partOfName;

    AgentKind(String partOfName) {
        this.partOfName = partOfName;
    }

    /** The kind of the agent that told this of itself at the start. */
    static AgentKind of(JsonNode initialized) {
        String name = Json.text(initialized, "agentInfo", "name");
        for (AgentKind kind : values()) {
            if (name != null && name.toLowerCase(Locale.ROOT).contains(kind.partOfName)) {
                return kind;
            }
        }
        return OTHER;
    }

    /** Whether it still tells what was said before when it has loaded a session. */
    boolean tellsHistoryLate() {
        return this == GEMINI;
    }

    /** The name of a tool where this agent hides it, or null. */
    @Nullable String hiddenToolName(JsonNode call, boolean announcement) {
        return switch (this) {
            case GEMINI -> beforeDoubleUnderscore(Json.text(call, "toolCallId"));
            case OPENCODE -> announcement ? Json.text(call, "title") : null;
            case OTHER -> null;
        };
    }

    private static @Nullable String beforeDoubleUnderscore(@Nullable String id) {
        int end = id == null ? -1 : id.indexOf("__");
        return id == null || end < 1 ? null : id.substring(0, end);
    }
}
