package dev.stele.provider.session;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolOutput;
import dev.stele.provider.process.Secrets;
import dev.stele.provider.rpc.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps secrets out of what is written down. What agents tell beside the conversation, and raw
 * messages, lose all that looks like a secret. What agents say and do is kept as it is, but for the
 * keys of this process's own environment in calls of tools: a command may print them.
 */
public final class Discretion {

    /** Members whose text is a secret, whatever it looks like. */
    private static final Set<String> SECRET_MEMBERS =
            Set.of(
                    "apikey",
                    "api_key",
                    "token",
                    "accesstoken",
                    "access_token",
                    "refreshtoken",
                    "refresh_token",
                    "idtoken",
                    "id_token",
                    "password",
                    "secret",
                    "authorization");

    private final UnaryOperator<String> beside;
    private final UnaryOperator<String> inTools;

    /** Knows the secrets of this process's environment. */
    public Discretion() {
        this(Secrets::removedFrom, Secrets::keysRemovedFrom);
    }

    /**
     * Knows these.
     *
     * @param beside takes secrets out of what stands beside the conversation
     * @param inTools takes keys out of what tools do
     */
    Discretion(UnaryOperator<String> beside, UnaryOperator<String> inTools) {
        this.beside = beside;
        this.inTools = inTools;
    }

    /** The event without secrets. */
    ProviderEvent of(ProviderEvent event) {
        return switch (event) {
            case ProviderEvent.ToolCall(var call) -> new ProviderEvent.ToolCall(call(call));
            case ProviderEvent.ToolResult(var result) ->
                    new ProviderEvent.ToolResult(result(result));
            case ProviderEvent.AwaitingApproval(var id, var callId, var title, var options) ->
                    new ProviderEvent.AwaitingApproval(id, callId, inTools.apply(title), options);
            case ProviderEvent.SessionUpdate(var id, var title, var mode, var kind, var raw) ->
                    new ProviderEvent.SessionUpdate(id, title, mode, kind, cleanRaw(raw));
            case ProviderEvent.Retrying(var message) ->
                    new ProviderEvent.Retrying(beside.apply(message));
            case ProviderEvent.Notice(var kind, var raw) ->
                    new ProviderEvent.Notice(kind, String.valueOf(cleanRaw(raw)));
            case ProviderEvent.TextDelta _,
                    ProviderEvent.ThinkingDelta _,
                    ProviderEvent.TurnComplete _,
                    ProviderEvent.Error _,
                    ProviderEvent.ApprovalWithdrawn _,
                    ProviderEvent.PlanUpdate _,
                    ProviderEvent.UsageUpdate _ ->
                    event;
        };
    }

    private MessageContent.ToolCall call(MessageContent.ToolCall call) {
        return new MessageContent.ToolCall(
                call.id(),
                call.name(),
                inTools(call.input()),
                inTools(call.title()),
                call.kind(),
                call.status(),
                call.locations(),
                call.content() == null ? null : outputs(call.content()),
                call.parentId());
    }

    private MessageContent.ToolResult result(MessageContent.ToolResult result) {
        return new MessageContent.ToolResult(
                result.toolCallId(),
                inTools(result.output()),
                result.outcome(),
                outputs(result.content()),
                result.exitCode(),
                result.rawStatus(),
                result.unmatched());
    }

    private List<ToolOutput> outputs(List<ToolOutput> all) {
        return all.stream().map(this::output).toList();
    }

    private ToolOutput output(ToolOutput output) {
        return switch (output) {
            case ToolOutput.TextOutput(var text) -> new ToolOutput.TextOutput(inTools.apply(text));
            case ToolOutput.Diff(var path, var oldText, var newText) ->
                    new ToolOutput.Diff(path, inTools(oldText), inTools.apply(newText));
            case ToolOutput.RawOutput(var raw) -> new ToolOutput.RawOutput(inTools.apply(raw));
            case ToolOutput.TerminalOutput _ -> output;
        };
    }

    private @Nullable String inTools(@Nullable String text) {
        return text == null ? null : inTools.apply(text);
    }

    private @Nullable String cleanRaw(@Nullable String raw) {
        try {
            return raw == null ? null : Json.write(of(Json.parse(raw)));
        } catch (Json.NotJson _) {
            return beside.apply(String.valueOf(raw));
        }
    }

    /** The JSON without secrets: the same object, changed in place, unless it is a text itself. */
    public JsonNode of(JsonNode json) {
        if (json.isString()) {
            String clean = beside.apply(json.stringValue());
            return clean.equals(json.stringValue()) ? json : Json.string(clean);
        }
        if (json instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : new ArrayList<>(object.properties())) {
                String name = member.getKey();
                boolean secret = SECRET_MEMBERS.contains(name.toLowerCase(Locale.ROOT));
                object.set(
                        name,
                        secret && member.getValue().isString()
                                ? Json.string(Secrets.REMOVED)
                                : of(member.getValue()));
            }
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, of(array.get(i)));
            }
        }
        return json;
    }
}
