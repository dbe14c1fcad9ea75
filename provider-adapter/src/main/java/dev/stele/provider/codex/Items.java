package dev.stele.provider.codex;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ToolCallStatus;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolLocation;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import dev.stele.provider.rpc.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads those items of codex that are tool calls, as far as they can be read. */
final class Items {
    private static final Set<String> TOOLS =
            Set.of(
                    "commandExecution",
                    "fileChange",
                    "mcpToolCall",
                    "dynamicToolCall",
                    "collabAgentToolCall",
                    "webSearch",
                    "imageView",
                    "imageGeneration");

    /** What every item has, and what its end alone tells: no part of a tool's input. */
    private static final Set<String> NO_INPUT =
            Set.of(
                    "type",
                    "id",
                    "status",
                    "startedAtMs",
                    "completedAtMs",
                    "aggregatedOutput",
                    "exitCode",
                    "durationMs",
                    "processId",
                    "source",
                    "result",
                    "results",
                    "error",
                    "contentItems",
                    "success");

    private Items() {}

    /** Whether items of this type are tool calls. */
    static boolean isTool(@Nullable String type) {
        return type != null && TOOLS.contains(type);
    }

    /**
     * The call that an item is, without what it shows.
     *
     * @param id its id
     * @param item the item
     */
    static MessageContent.ToolCall call(String id, JsonNode item) {
        String type = Json.text(item, "type");
        return new MessageContent.ToolCall(
                id,
                name(type, item),
                input(item),
                title(type, item),
                kind(type),
                "inProgress".equals(Json.text(item, "status")) ? ToolCallStatus.IN_PROGRESS : null,
                locations(item),
                null,
                null);
    }

    /** What is known of a call from the question about it. */
    static MessageContent.ToolCall asked(String id, String type, JsonNode params) {
        ObjectNode item = Json.object().put("type", type);
        for (String name : List.of("command", "cwd")) {
            if (params.path(name).isString()) {
                item.set(name, params.path(name));
            }
        }
        return call(id, item);
    }

    /** A call of which only is told what it shows now. */
    static MessageContent.ToolCall showing(String id, List<ToolOutput> content) {
        return new MessageContent.ToolCall(id, null, null, null, null, null, null, content, null);
    }

    /** The changes that an item of files shows. */
    static List<ToolOutput> changes(JsonNode item) {
        var outputs = new ArrayList<ToolOutput>();
        for (JsonNode change : item.path("changes")) {
            outputs.addAll(Diffs.of(change));
        }
        return outputs;
    }

    /**
     * The end of a call.
     *
     * @param id its id
     * @param item the item
     * @param outcome how it ended
     * @param streamed what it printed before, or null
     */
    static MessageContent.ToolResult result(
            String id, JsonNode item, ToolOutcome outcome, @Nullable String streamed) {
        String status = Json.text(item, "status");
        String output = output(item);
        return new MessageContent.ToolResult(
                id,
                output == null ? streamed : output,
                outcome,
                changes(item),
                Json.smallInteger(item, "exitCode"),
                saysTheSame(status, outcome) ? null : status,
                false);
    }

    private static boolean saysTheSame(@Nullable String status, ToolOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> "completed".equals(status);
            case FAILED -> "failed".equals(status);
            case REJECTED -> "declined".equals(status);
            case CANCELLED, UNKNOWN -> false;
        };
    }

    private static @Nullable String output(JsonNode item) {
        for (String name :
                List.of("aggregatedOutput", "error", "result", "results", "contentItems")) {
            JsonNode output = item.path(name);
            if (Json.isPresent(output)) {
                return output.isString() ? output.stringValue() : Json.write(output);
            }
        }
        return null;
    }

    private static @Nullable String name(@Nullable String type, JsonNode item) {
        String tool = Json.text(item, "tool");
        String server = Json.text(item, "server");
        if (tool == null) {
            return type;
        }
        return server == null ? tool : server + "." + tool;
    }

    private static @Nullable String input(JsonNode item) {
        ObjectNode input = Json.object();
        for (var property : item.properties()) {
            if (!NO_INPUT.contains(property.getKey()) && Json.isPresent(property.getValue())) {
                input.set(property.getKey(), property.getValue());
            }
        }
        return input.isEmpty() ? null : Json.write(input);
    }

    private static @Nullable String title(@Nullable String type, JsonNode item) {
        for (String name : List.of("command", "query", "path")) {
            String text = Json.text(item, name);
            if (text != null) {
                return text;
            }
        }
        List<ToolLocation> files = locations(item);
        return files == null || files.isEmpty()
                ? name(type, item)
                : "Edit " + String.join(", ", files.stream().map(ToolLocation::path).toList());
    }

    private static @Nullable ToolKind kind(@Nullable String type) {
        return switch (type) {
            case "commandExecution" -> ToolKind.EXECUTE;
            case "fileChange" -> ToolKind.EDIT;
            case "webSearch" -> ToolKind.FETCH;
            case "imageView" -> ToolKind.READ;
            case null -> null;
            default -> ToolKind.OTHER;
        };
    }

    private static @Nullable List<ToolLocation> locations(JsonNode item) {
        if (!item.path("changes").isArray()) {
            return null;
        }
        var locations = new ArrayList<ToolLocation>();
        for (JsonNode change : item.path("changes")) {
            for (String path :
                    new String[] {
                        Json.text(change, "path"), Json.text(change, "kind", "move_path")
                    }) {
                if (path != null) {
                    locations.add(new ToolLocation(path, null));
                }
            }
        }
        return locations;
    }
}
