package dev.stele.provider.fuzz;

import dev.stele.provider.rpc.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes lines of an agent wrong: their bytes, their values, or all of them. */
final class Mutations {
    private static final String[] WORDS = {
        "session/update",
        "session/request_permission",
        "fs/read_text_file",
        "$/cancel_request",
        "turn/completed",
        "turn/started",
        "item/started",
        "item/completed",
        "error",
        "item/agentMessage/delta",
        "item/fileChange/requestApproval",
        "serverRequest/resolved",
        "agent_message_chunk",
        "agent_thought_chunk",
        "tool_call",
        "tool_call_update",
        "plan",
        "usage_update",
        "something_new",
        "completed",
        "failed",
        "end_turn",
        "cancelled",
        "text",
        "",
        "\u0000",
        "\ud83d",
        "call_1",
        "__",
        "0"
    };
    private static final String[] NAMES = {
        "id", "method", "params", "result", "error", "sessionId", "update", "sessionUpdate",
        "content", "type", "text", "toolCallId", "status", "toolCall", "options", "optionId",
        "kind", "requestId", "stopReason", "threadId", "turnId", "turn", "item", "itemId",
        "delta", "code", "message", "data", "_meta", "usage", "entries", "willRetry"
    };

    private final Random random;

    /**
     * Mutations of a seed.
     *
     * @param random where the chances come from
     */
    Mutations(Random random) {
        this.random = random;
    }

    /** The line, or what becomes of it: any number of lines. */
    List<byte[]> of(byte[] line) {
        return switch (random.nextInt(24)) {
            case 0 -> List.of();
            case 1 -> List.of(line, line);
            case 2 -> List.of(Arrays.copyOf(line, random.nextInt(line.length + 1)));
            case 3 -> List.of(withOtherBytes(line));
            case 4 -> List.of(garbage());
            case 5 -> List.of(bytes(Json.write(value(0))), line);
            case 6, 7 -> List.of(bytes(Json.write(message())), line);
            case 8, 9, 10, 11 -> List.of(withOtherValue(line));
            case 12 -> List.of(line, "\r".getBytes(StandardCharsets.UTF_8));
            default -> List.of(line);
        };
    }

    private static byte[] bytes(String text) {
        return text.replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
    }

    private byte[] withOtherBytes(byte[] line) {
        byte[] other = line.clone();
        for (int i = random.nextInt(4); i >= 0 && other.length > 0; i--) {
            other[random.nextInt(other.length)] = (byte) notEndOfLine();
        }
        return other;
    }

    private int notEndOfLine() {
        int any = random.nextInt(256);
        return any == '\n' ? ' ' : any;
    }

    private byte[] garbage() {
        var garbage = new byte[random.nextInt(200)];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) notEndOfLine();
        }
        return garbage;
    }

    /** One value somewhere in it becomes another, of any type, or is gone. */
    private byte[] withOtherValue(byte[] line) {
        try {
            JsonNode json = Json.parse(new String(line, StandardCharsets.UTF_8));
            var objects = new ArrayList<ObjectNode>();
            collect(json, objects);
            ObjectNode victim = objects.get(random.nextInt(objects.size()));
            var names = new ArrayList<>(victim.propertyNames());
            if (!names.isEmpty()) {
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(5) == 0) {
                    victim.remove(name);
                } else {
                    victim.set(name, value(0));
                }
            }
            return bytes(Json.write(json));
        } catch (Json.NotJson e) {
            throw new AssertionError(e);
        }
    }

    private static void collect(JsonNode json, List<ObjectNode> objects) {
        if (json instanceof ObjectNode object) {
            objects.add(object);
        }
        json.forEach(child -> collect(child, objects));
    }

    /** Something that looks like a message. */
    private ObjectNode message() {
        ObjectNode message = Json.object();
        if (random.nextBoolean()) {
            message.put("id", random.nextInt(4));
        }
        if (random.nextInt(4) > 0) {
            message.put("method", pick(WORDS));
        }
        message.set(random.nextInt(4) > 0 ? "params" : "result", value(0));
        return message;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 9)) {
            case 0 -> Json.string(pick(WORDS));
            case 1 -> Json.object().put("x", random.nextLong()).path("x");
            case 2 -> Json.object().put("x", 1e300).path("x");
            case 3 -> Json.object().putNull("x").path("x");
            case 4 -> Json.object().put("x", random.nextBoolean()).path("x");
            case 5 -> Json.object().put("x", random.nextInt(4)).path("x");
            case 6 -> Json.array().add(value(depth + 1)).add(value(depth + 1));
            default -> {
                ObjectNode object = Json.object();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    object.set(pick(NAMES), value(depth + 1));
                }
                yield object;
            }
        };
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
