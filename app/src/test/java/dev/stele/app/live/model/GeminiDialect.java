package dev.stele.app.live.model;

import dev.stele.app.live.model.Conversation.Said;
import dev.stele.app.live.model.Conversation.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Google's {@code generateContent}. */
final class GeminiDialect implements Dialect {
    private static final Map<String, Integer> USAGE =
            Map.of("promptTokenCount", 120, "candidatesTokenCount", 34, "totalTokenCount", 154);

    @Override
    public boolean isSpokenAt(String path) {
        return path.endsWith(":generateContent")
                || path.endsWith(":streamGenerateContent")
                || path.endsWith(":countTokens");
    }

    @Override
    public boolean streams(String path, JsonNode request) {
        return path.endsWith(":streamGenerateContent");
    }

    @Override
    public Conversation read(JsonNode request) {
        var said = new ArrayList<Said>();
        for (JsonNode content : request.path("contents")) {
            for (JsonNode part : content.path("parts")) {
                if (part.has("functionResponse")) {
                    said.add(new Said.Result());
                } else if ("user".equals(content.path("role").asString(""))) {
                    said.add(new Said.Prompt(part.path("text").asString("")));
                }
            }
        }
        var tools = new ArrayList<Tool>();
        for (JsonNode group : request.path("tools")) {
            for (JsonNode function : group.path("functionDeclarations")) {
                tools.add(tool(function));
            }
        }
        JsonNode shape = request.path("generationConfig").path("responseJsonSchema");
        return new Conversation(said, tools, shape.isObject() ? shape : null);
    }

    private static Tool tool(JsonNode function) {
        JsonNode schema = function.path("parametersJsonSchema");
        return new Tool(
                function.path("name").asString(""),
                schema.isObject() ? schema : function.path("parameters"),
                false);
    }

    @Override
    public Object whole(Reply reply) {
        return candidate(
                List.of(Map.of("text", String.join("", reply.words()))),
                Map.of("finishReason", "STOP"));
    }

    @Override
    public void stream(Reply reply, EventStream out) throws IOException {
        for (String thought : reply.thoughts()) {
            out.send(null, piece(Map.of("thought", true, "text", "**Thinking**\n" + thought)));
            out.pause(reply.pace());
        }
        for (String word : reply.words()) {
            out.send(null, piece(Map.of("text", word)));
            out.pause(reply.pace());
        }
        if (reply.ending() instanceof Reply.Ending.Dropped) {
            throw new Dropped();
        }
        for (Reply.Call call : reply.calls()) {
            out.send(null, piece(Map.of("functionCall", functionCall(call))));
        }
        out.send(null, candidate(List.of(Map.of("text", "")), Map.of("finishReason", "STOP")));
    }

    private static Map<String, Object> functionCall(Reply.Call call) {
        return switch (call) {
            case Reply.Call.Structured(var name, var arguments) ->
                    Map.of("name", name, "args", arguments);
            case Reply.Call.Freeform(var name, var input) ->
                    Map.of("name", name, "args", Map.of("input", input));
        };
    }

    private static Object piece(Map<String, Object> part) {
        return candidate(List.of(part), Map.of());
    }

    private static Object candidate(List<?> parts, Map<String, String> finish) {
        var candidate = new HashMap<String, Object>(finish);
        candidate.put("index", 0);
        candidate.put("content", Map.of("role", "model", "parts", parts));
        return Map.of(
                "candidates",
                List.of(candidate),
                "usageMetadata",
                USAGE,
                "totalTokens",
                120,
                "modelVersion",
                "scripted");
    }

    @Override
    public Object error(int status, String words) {
        String name =
                switch (status) {
                    case 400 -> "INVALID_ARGUMENT";
                    case 401 -> "UNAUTHENTICATED";
                    case 429 -> "RESOURCE_EXHAUSTED";
                    default -> "INTERNAL";
                };
        return Map.of("error", Map.of("code", status, "message", words, "status", name));
    }
}
