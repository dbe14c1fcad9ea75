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
import tools.jackson.databind.node.JsonNodeFactory;

/** Anthropic's messages. */
final class MessagesDialect implements Dialect {
    private final AtomicLong ids = new AtomicLong();

    @Override
    public boolean isSpokenAt(String path) {
        return path.endsWith("/messages");
    }

    @Override
    public boolean streams(String path, JsonNode request) {
        return request.path("stream").asBoolean(false);
    }

    @Override
    public Conversation read(JsonNode request) {
        var said = new ArrayList<Said>();
        for (JsonNode message : request.path("messages")) {
            if ("user".equals(message.path("role").asString(""))) {
                addTo(said, message.path("content"));
            }
        }
        var tools = new ArrayList<Tool>();
        for (JsonNode tool : request.path("tools")) {
            tools.add(new Tool(tool.path("name").asString(""), tool.path("input_schema"), false));
        }
        return new Conversation(said, tools, null);
    }

    private static void addTo(List<Said> said, JsonNode content) {
        if (content.isString()) {
            said.add(new Said.Prompt(content.stringValue()));
        }
        for (JsonNode block : content) {
            switch (block.path("type").asString("")) {
                case "text" -> said.add(new Said.Prompt(block.path("text").asString("")));
                case "tool_result" -> said.add(new Said.Result());
                default -> {}
            }
        }
    }

    @Override
    public Object whole(Reply reply) {
        var text = Map.of("type", "text", "text", String.join("", reply.words()));
        return message(List.of(text), "end_turn");
    }

    private static Map<String, @Nullable Object> message(List<?> content, @Nullable String stop) {
        var message = new HashMap<String, @Nullable Object>();
        message.put("id", "msg_1");
        message.put("type", "message");
        message.put("role", "assistant");
        message.put("model", "scripted");
        message.put("content", content);
        message.put("stop_reason", stop);
        message.put("stop_sequence", null);
        message.put("usage", Map.of("input_tokens", 120, "output_tokens", 34));
        return message;
    }

    @Override
    public void stream(Reply reply, EventStream out) throws IOException {
        send("message_start", Map.of("message", message(List.of(), null)), out);
        int index = 0;
        if (!reply.thoughts().isEmpty()) {
            begin(index, Map.of("type", "thinking", "thinking", "", "signature", ""), out);
            for (String thought : reply.thoughts()) {
                delta(index, Map.of("type", "thinking_delta", "thinking", thought), out);
                out.pause(reply.pace());
            }
            delta(index, Map.of("type", "signature_delta", "signature", "c2NyaXB0"), out);
            end(index++, out);
        }
        if (!reply.words().isEmpty()) {
            begin(index, Map.of("type", "text", "text", ""), out);
            for (String word : reply.words()) {
                delta(index, Map.of("type", "text_delta", "text", word), out);
                out.pause(reply.pace());
            }
            if (reply.ending() instanceof Reply.Ending.Dropped) {
                throw new Dropped();
            }
            end(index++, out);
        }
        for (Reply.Call call : reply.calls()) {
            call(index++, call, out);
        }
        finish(reply.calls().isEmpty() ? "end_turn" : "tool_use", out);
    }

    private void call(int index, Reply.Call call, EventStream out) throws IOException {
        String input =
                switch (call) {
                    case Reply.Call.Structured(_, var arguments) -> arguments.toString();
                    case Reply.Call.Freeform(_, var text) ->
                            JsonNodeFactory.instance.objectNode().put("input", text).toString();
                };
        begin(
                index,
                Map.of(
                        "type",
                        "tool_use",
                        "id",
                        "toolu_" + ids.incrementAndGet(),
                        "name",
                        call.name(),
                        "input",
                        Map.of()),
                out);
        delta(index, Map.of("type", "input_json_delta", "partial_json", input), out);
        end(index, out);
    }

    private static void finish(String stop, EventStream out) throws IOException {
        send(
                "message_delta",
                Map.of("delta", Map.of("stop_reason", stop), "usage", Map.of("output_tokens", 34)),
                out);
        send("message_stop", Map.of(), out);
    }

    private static void begin(int index, Map<String, Object> block, EventStream out)
            throws IOException {
        send("content_block_start", Map.of("index", index, "content_block", block), out);
    }

    private static void delta(int index, Map<String, Object> delta, EventStream out)
            throws IOException {
        send("content_block_delta", Map.of("index", index, "delta", delta), out);
    }

    private static void end(int index, EventStream out) throws IOException {
        send("content_block_stop", Map.of("index", index), out);
    }

    private static void send(String type, Map<String, ?> members, EventStream out)
            throws IOException {
        var event = new HashMap<String, @Nullable Object>(members);
        event.put("type", type);
        out.send(type, event);
    }

    @Override
    public Object error(int status, String words) {
        String type =
                switch (status) {
                    case 400 -> "invalid_request_error";
                    case 401 -> "authentication_error";
                    case 429 -> "rate_limit_error";
                    default -> "api_error";
                };
        return Map.of("type", "error", "error", Map.of("type", type, "message", words));
    }
}
