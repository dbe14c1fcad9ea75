package dev.stele.app.live.model;

import dev.stele.app.live.model.Conversation.Said;
import dev.stele.app.live.model.Conversation.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** OpenAI's responses. */
final class ResponsesDialect implements Dialect {
    private static final Map<String, Object> USAGE =
            Map.of(
                    "input_tokens",
                    120,
                    "input_tokens_details",
                    Map.of("cached_tokens", 0),
                    "output_tokens",
                    34,
                    "output_tokens_details",
                    Map.of("reasoning_tokens", 0),
                    "total_tokens",
                    154);

    private final AtomicLong ids = new AtomicLong();

    @Override
    public boolean isSpokenAt(String path) {
        return path.endsWith("/responses");
    }

    @Override
    public boolean streams(String path, JsonNode request) {
        return request.path("stream").asBoolean(false);
    }

    @Override
    public Conversation read(JsonNode request) {
        var said = new ArrayList<Said>();
        for (JsonNode item : request.path("input")) {
            if (item.path("type").asString("").endsWith("_output")) {
                said.add(new Said.Result());
            } else if ("user".equals(item.path("role").asString(""))) {
                said.add(new Said.Prompt(Texts.of(item.path("content"))));
            }
        }
        var tools = new ArrayList<Tool>();
        for (JsonNode tool : request.path("tools")) {
            tools.add(
                    new Tool(
                            tool.path("name").asString(""),
                            tool.path("parameters"),
                            "custom".equals(tool.path("type").asString(""))));
        }
        return new Conversation(said, tools, null);
    }

    @Override
    public Object whole(Reply reply) {
        return response("completed", List.of(message("msg_0", reply)));
    }

    private static Map<String, Object> response(String status, List<?> output) {
        return Map.of(
                "id",
                "resp_1",
                "object",
                "response",
                "created_at",
                1_700_000_000,
                "status",
                status,
                "model",
                "scripted",
                "output",
                output,
                "usage",
                USAGE);
    }

    private static Map<String, Object> message(String id, Reply reply) {
        var text =
                Map.of(
                        "type",
                        "output_text",
                        "text",
                        String.join("", reply.words()),
                        "annotations",
                        List.of());
        return Map.of(
                "id",
                id,
                "type",
                "message",
                "role",
                "assistant",
                "status",
                "completed",
                "content",
                List.of(text));
    }

    @Override
    public void stream(Reply reply, EventStream out) throws IOException {
        new Streaming(reply, out).run();
    }

    /** One answer on its way. */
    private final class Streaming {
        private final Reply reply;
        private final EventStream out;
        private final List<Map<String, Object>> items = new ArrayList<>();

        Streaming(Reply reply, EventStream out) {
            this.reply = reply;
            this.out = out;
        }

        void run() throws IOException {
            send("response.created", Map.of("response", response("in_progress", List.of())));
            if (!reply.thoughts().isEmpty()) {
                think("rs_" + ids.incrementAndGet());
            }
            if (!reply.words().isEmpty()) {
                speak("msg_" + ids.incrementAndGet());
            }
            if (reply.ending() instanceof Reply.Ending.Dropped) {
                throw new Dropped();
            }
            for (Reply.Call call : reply.calls()) {
                Map<String, Object> item = item(call, ids.incrementAndGet());
                begin(item);
                end(item);
            }
            send("response.completed", Map.of("response", response("completed", items)));
        }

        private void think(String id) throws IOException {
            begin(Map.of("id", id, "type", "reasoning", "summary", List.of()));
            var empty = Map.of("type", "summary_text", "text", "");
            send(
                    "response.reasoning_summary_part.added",
                    Map.of("item_id", id, "output_index", 0, "summary_index", 0, "part", empty));
            for (String thought : reply.thoughts()) {
                send(
                        "response.reasoning_summary_text.delta",
                        Map.of(
                                "item_id",
                                id,
                                "output_index",
                                0,
                                "summary_index",
                                0,
                                "delta",
                                thought));
                out.pause(reply.pace());
            }
            String text = String.join("", reply.thoughts());
            end(
                    Map.of(
                            "id",
                            id,
                            "type",
                            "reasoning",
                            "summary",
                            List.of(Map.of("type", "summary_text", "text", text))));
        }

        private void speak(String id) throws IOException {
            int index = items.size();
            begin(Map.of("id", id, "type", "message", "role", "assistant", "content", List.of()));
            for (String word : reply.words()) {
                send(
                        "response.output_text.delta",
                        Map.of(
                                "item_id",
                                id,
                                "output_index",
                                index,
                                "content_index",
                                0,
                                "delta",
                                word));
                out.pause(reply.pace());
            }
            if (reply.ending() instanceof Reply.Ending.InOrder) {
                end(message(id, reply));
            }
        }

        private static Map<String, Object> item(Reply.Call call, long id) {
            var item = new HashMap<String, Object>();
            item.put("call_id", "call_" + id);
            item.put("name", call.name());
            item.put("status", "completed");
            switch (call) {
                case Reply.Call.Structured(_, var arguments) -> {
                    item.put("id", "fc_" + id);
                    item.put("type", "function_call");
                    item.put("arguments", arguments.toString());
                }
                case Reply.Call.Freeform(_, var input) -> {
                    item.put("id", "ctc_" + id);
                    item.put("type", "custom_tool_call");
                    item.put("input", input);
                }
            }
            return item;
        }

        private void begin(Map<String, Object> item) throws IOException {
            send("response.output_item.added", Map.of("output_index", items.size(), "item", item));
        }

        private void end(Map<String, Object> item) throws IOException {
            send("response.output_item.done", Map.of("output_index", items.size(), "item", item));
            items.add(item);
        }

        private void send(String type, Map<String, Object> members) throws IOException {
            var event = new HashMap<>(members);
            event.put("type", type);
            out.send(type, event);
        }
    }

    @Override
    public Object error(int status, String words) {
        String type = status >= 500 ? "server_error" : "invalid_request_error";
        return Map.of("error", Map.of("message", words, "type", type, "code", "scripted"));
    }
}
