package dev.stele.provider.scripted;

import dev.stele.provider.rpc.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool call of the scripted agent, as it tells the client about it. */
final class ToolCall {
    private final ScriptedSession session;
    private final String id;
    private final ObjectNode about;
    private boolean announced;

    ToolCall(ScriptedSession session, String kind, String title, ObjectNode input) {
        this.session = session;
        this.id = session.nextCall();
        this.about =
                Json.object()
                        .put("toolCallId", id)
                        .put("title", title)
                        .put("name", kind)
                        .put("kind", kind)
                        .put("status", "pending");
        about.set("rawInput", input);
        String path = Json.text(input, "path");
        if (path != null) {
            about.putArray("locations").addObject().put("path", path);
        }
    }

    /** What a person answered, as the kind of the option; empty when it was cancelled. */
    record Answer(String kind) {}

    /** It will show this. */
    void shows(ArrayNode content) {
        about.set("content", content);
    }

    /** Tells that there is such a call. Repeats do nothing. */
    void announce() {
        if (!announced) {
            announced = true;
            session.update("tool_call", about);
        }
    }

    /** Asks whether it may be done; with no options given, the usual three. */
    Answer ask(List<JsonNode> options) throws InterruptedException {
        announce();
        ArrayNode offered = Json.array();
        if (options.isEmpty()) {
            offered.add(option("allow", "Allow", "allow_once"))
                    .add(option("allow-always", "Allow for this session", "allow_always"))
                    .add(option("reject", "Reject", "reject_once"));
        } else {
            offered.addAll(options);
        }
        String chosen = Json.text(session.ask(about.deepCopy(), offered), "optionId");
        return new Answer(kindOf(chosen, offered));
    }

    private static ObjectNode option(String id, String name, String kind) {
        return Json.object().put("optionId", id).put("name", name).put("kind", kind);
    }

    private static String kindOf(@Nullable String chosen, ArrayNode options) {
        for (JsonNode option : options) {
            String kind = Json.text(option, "kind");
            if (kind != null && option.path("optionId").asString("").equals(chosen)) {
                return kind;
            }
        }
        return "";
    }

    /** It is at work. */
    void begin() {
        update("in_progress");
    }

    /** It has said this so far. */
    void output(String text) {
        ObjectNode update = Json.object().put("toolCallId", id).put("status", "in_progress");
        update.set("content", content(text));
        session.update("tool_call_update", update);
    }

    /** It has ended. */
    void ended(boolean well, String text) {
        ObjectNode update =
                Json.object()
                        .put("toolCallId", id)
                        .put("status", well ? "completed" : "failed")
                        .put("rawOutput", text);
        if (!about.has("content")) {
            update.set("content", content(text));
        }
        session.update("tool_call_update", update);
    }

    /** Its command has ended. */
    void exited(ShellCommand.Result result) {
        ObjectNode update =
                Json.object()
                        .put("toolCallId", id)
                        .put("status", result.exitCode() == 0 ? "completed" : "failed")
                        .put("rawOutput", result.output());
        update.set("content", content(result.output()));
        update.putObject("_meta").putObject("terminal_exit").put("exit_code", result.exitCode());
        session.update("tool_call_update", update);
    }

    private void update(String status) {
        session.update(
                "tool_call_update", Json.object().put("toolCallId", id).put("status", status));
    }

    private static ArrayNode content(String text) {
        ArrayNode content = Json.array();
        content.addObject()
                .put("type", "content")
                .putObject("content")
                .put("type", "text")
                .put("text", text);
        return content;
    }
}
