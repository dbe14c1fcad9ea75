package dev.stele.provider.acp;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ToolCallStatus;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolLocation;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import dev.stele.provider.rpc.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads tool calls of the protocol, as far as they can be read. */
final class ToolCalls {

    private ToolCalls() {}

    /**
     * A call with what the message tells of it.
     *
     * @param id its id
     * @param json a tool call, or an update of one
     * @param name its name, if known
     */
    static MessageContent.ToolCall read(String id, JsonNode json, @Nullable String name) {
        JsonNode input = json.path("rawInput");
        return new MessageContent.ToolCall(
                id,
                name,
                Json.isPresent(input) ? Json.write(input) : null,
                Json.text(json, "title"),
                kind(Json.text(json, "kind")),
                status(Json.text(json, "status")),
                locations(json.path("locations")),
                json.path("content").isArray() ? content(json.path("content")) : null,
                Json.text(json, "_meta", "claudeCode", "parentToolUseId"));
    }

    /** A call without what it shows: that stands in its result. */
    static MessageContent.ToolCall withoutContent(MessageContent.ToolCall call) {
        return new MessageContent.ToolCall(
                call.id(),
                call.name(),
                call.input(),
                call.title(),
                call.kind(),
                call.status(),
                call.locations(),
                null,
                call.parentId());
    }

    /** A call without how far it is. */
    static MessageContent.ToolCall withoutStatus(MessageContent.ToolCall call) {
        return new MessageContent.ToolCall(
                call.id(),
                call.name(),
                call.input(),
                call.title(),
                call.kind(),
                null,
                call.locations(),
                call.content(),
                call.parentId());
    }

    /** The name that a message gives, or null. */
    static @Nullable String name(JsonNode json) {
        String name = Json.text(json, "name");
        if (name == null) {
            name = Json.text(json, "_meta", "claudeCode", "toolName");
        }
        return name != null ? name : Json.text(json, "_meta", "toolName");
    }

    /**
     * The end of a call.
     *
     * @param id its id
     * @param json the update that ends it
     * @param outcome how it ended
     * @param streamed what it said before, piece by piece, or null
     */
    static MessageContent.ToolResult result(
            String id, JsonNode json, ToolOutcome outcome, @Nullable String streamed) {
        String status = Json.text(json, "status");
        String told = output(json.path("rawOutput"));
        return new MessageContent.ToolResult(
                id,
                told != null ? told : streamed,
                outcome,
                content(json.path("content")),
                exitCode(json),
                saysTheSame(status, outcome) ? null : status,
                false);
    }

    /** What a piece of content shows; what nobody knows is kept as it came. */
    static List<ToolOutput> content(JsonNode array) {
        var outputs = new ArrayList<ToolOutput>();
        for (JsonNode piece : array) {
            outputs.add(piece(piece));
        }
        return outputs;
    }

    private static ToolOutput piece(JsonNode json) {
        String type = Json.text(json, "type");
        String text = Json.text(json, "content", "text");
        if ("content".equals(type) && text != null) {
            return new ToolOutput.TextOutput(text);
        }
        String path = Json.text(json, "path");
        String newText = Json.text(json, "newText");
        if ("diff".equals(type) && path != null && newText != null) {
            return new ToolOutput.Diff(path, Json.text(json, "oldText"), newText);
        }
        String terminal = Json.text(json, "terminalId");
        return "terminal".equals(type) && terminal != null
                ? new ToolOutput.TerminalOutput(terminal)
                : new ToolOutput.RawOutput(Json.write(json));
    }

    private static @Nullable String output(JsonNode raw) {
        if (!Json.isPresent(raw)) {
            return null;
        }
        return raw.isString() ? raw.stringValue() : Json.write(raw);
    }

    private static @Nullable Integer exitCode(JsonNode json) {
        Integer code = Json.smallInteger(json, "_meta", "terminal_exit", "exit_code");
        return code != null ? code : Json.smallInteger(json, "rawOutput", "metadata", "exit");
    }

    private static boolean saysTheSame(@Nullable String status, ToolOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> "completed".equals(status);
            case FAILED -> "failed".equals(status);
            case REJECTED, CANCELLED, UNKNOWN -> false;
        };
    }

    private static @Nullable List<ToolLocation> locations(JsonNode array) {
        if (!array.isArray()) {
            return null;
        }
        var locations = new ArrayList<ToolLocation>();
        for (JsonNode location : array) {
            String path = Json.text(location, "path");
            if (path != null) {
                locations.add(new ToolLocation(path, Json.smallInteger(location, "line")));
            }
        }
        return locations;
    }

    private static @Nullable ToolCallStatus status(@Nullable String word) {
        return switch (word) {
            case "pending" -> ToolCallStatus.PENDING;
            case "in_progress" -> ToolCallStatus.IN_PROGRESS;
            case null, default -> null;
        };
    }

    private static @Nullable ToolKind kind(@Nullable String word) {
        if (word == null) {
            return null;
        }
        for (ToolKind kind : ToolKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        return ToolKind.OTHER;
    }
}
