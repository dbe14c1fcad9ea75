package dev.stele.app.live.model;

import dev.stele.app.live.model.Conversation.Said;
import dev.stele.app.live.model.Conversation.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's chat completions, which many others speak, too. */
final class ChatDialect implements Dialect {
    private static final Map<String, Integer> USAGE =
            Map.of("prompt_tokens", 120, "completion_tokens", 34, "total_tokens", 154);

    private final AtomicLong ids = new AtomicLong();

    @Override
    public boolean isSpokenAt(String path) {
        return path.endsWith("/chat/completions");
    }

    @Override
    public boolean streams(String path, JsonNode request) {
        return request.path("stream").asBoolean(false);
    }

    @Override
    public Conversation read(JsonNode request) {
        var said = new ArrayList<Said>();
        for (JsonNode message : request.path("messages")) {
            switch (message.path("role").asString("")) {
                case "user" -> said.add(new Said.Prompt(Texts.of(message.path("content"))));
                case "tool" -> said.add(new Said.Result());
                default -> {}
            }
        }
        var tools = new ArrayList<Tool>();
        for (JsonNode tool : request.path("tools")) {
            JsonNode function = tool.path("function");
            tools.add(
                    new Tool(
                            function.path("name").asString(""),
                            function.path("parameters"),
                            false));
        }
        return new Conversation(said, tools, null);
    }

    @Override
    public Object whole(Reply reply) {
        var message = Map.of("role", "assistant", "content", String.join("", reply.words()));
        return document(
                "chat.completion",
                List.of(Map.of("index", 0, "finish_reason", "stop", "message", message)));
    }

    private static Map<String, Object> document(String type, List<?> choices) {
        return Map.of(
                "id",
                "chatcmpl-1",
                "object",
                type,
                "created",
                1_700_000_000,
                "model",
                "scripted",
                "choices",
                choices,
                "usage",
                USAGE);
    }

    @Override
    public void stream(Reply reply, EventStream out) throws IOException {
        send(Map.of("role", "assistant", "content", ""), null, out);
        for (String thought : reply.thoughts()) {
            send(Map.of("reasoning_content", thought), null, out);
            out.pause(reply.pace());
        }
        for (String word : reply.words()) {
            send(Map.of("content", word), null, out);
            out.pause(reply.pace());
        }
        if (reply.ending() instanceof Reply.Ending.Dropped) {
            throw new Dropped();
        }
        int index = 0;
        for (Reply.Call call : reply.calls()) {
            send(Map.of("tool_calls", List.of(toolCall(index++, call))), null, out);
        }
        send(Map.of(), reply.calls().isEmpty() ? "stop" : "tool_calls", out);
        out.send(null, document("chat.completion.chunk", List.of()));
        out.sendPlain("[DONE]");
    }

    private static void send(Map<String, ?> delta, @Nullable String finish, EventStream out)
            throws IOException {
        var choice = new HashMap<String, @Nullable Object>();
        choice.put("index", 0);
        choice.put("delta", delta);
        choice.put("finish_reason", finish);
        var chunk = new HashMap<>(document("chat.completion.chunk", List.of(choice)));
        chunk.remove("usage");
        out.send(null, chunk);
    }

    private Map<String, Object> toolCall(int index, Reply.Call call) {
        String arguments =
                switch (call) {
                    case Reply.Call.Structured(_, var structured) -> structured.toString();
                    case Reply.Call.Freeform(_, var input) -> input;
                };
        return Map.of(
                "index",
                index,
                "id",
                "call_" + ids.incrementAndGet(),
                "type",
                "function",
                "function",
                Map.of("name", call.name(), "arguments", arguments));
    }

    @Override
    public Object error(int status, String words) {
        String type = status >= 500 ? "server_error" : "invalid_request_error";
        return Map.of(
                "error", Map.of("message", words, "type", type, "code", Integer.toString(status)));
    }
}
