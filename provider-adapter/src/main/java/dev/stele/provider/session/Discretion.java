package dev.stele.provider.session;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderError;
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
 * keys of this process's own environment: a command may print them. Ids stay, since answers go by
 * them. A key that an agent says in pieces is not seen.
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
    private final UnaryOperator<String> inContent;

    /** Knows the secrets of this process's environment. */
    public Discretion() {
        this(Secrets::removedFrom, Secrets::keysRemovedFrom);
    }

    /**
     * Knows these.
     *
     * @param beside takes secrets out of what stands beside the conversation
     * @param inContent takes keys out of what is said and done
     */
    Discretion(UnaryOperator<String> beside, UnaryOperator<String> inContent) {
        this.beside = beside;
        this.inContent = inContent;
    }

    /** The event without secrets. */
    ProviderEvent of(ProviderEvent event) {
        return switch (event) {
            case ProviderEvent.ToolCall(var call) -> new ProviderEvent.ToolCall(call(call));
            case ProviderEvent.ToolResult(var result) ->
                    new ProviderEvent.ToolResult(result(result));
            case ProviderEvent.TextDelta(var text, var messageId) ->
                    new ProviderEvent.TextDelta(inContent.apply(text), messageId);
            case ProviderEvent.ThinkingDelta(var text, var messageId) ->
                    new ProviderEvent.ThinkingDelta(inContent.apply(text), messageId);
            case ProviderEvent.AwaitingApproval(var id, var callId, var title, var options) ->
                    new ProviderEvent.AwaitingApproval(
                            id, callId, inContent.apply(title), each(options, this::option));
            case ProviderEvent.PlanUpdate(var entries) ->
                    new ProviderEvent.PlanUpdate(each(entries, this::step));
            case ProviderEvent.Error(var error) -> new ProviderEvent.Error(error(error));
            case ProviderEvent.SessionUpdate(var id, var title, var mode, var kind, var raw) ->
                    new ProviderEvent.SessionUpdate(
                            id, inContent(title), mode, kind, cleanRaw(raw));
            case ProviderEvent.Retrying(var message) ->
                    new ProviderEvent.Retrying(beside.apply(message));
            case ProviderEvent.Notice(var kind, var raw) ->
                    new ProviderEvent.Notice(kind, String.valueOf(cleanRaw(raw)));
            case ProviderEvent.TurnComplete _,
                    ProviderEvent.ApprovalWithdrawn _,
                    ProviderEvent.UsageUpdate _ ->
                    event;
        };
    }

    private MessageContent.ToolCall call(MessageContent.ToolCall call) {
        return new MessageContent.ToolCall(
                call.id(),
                call.name(),
                inContent(call.input()),
                inContent(call.title()),
                call.kind(),
                call.status(),
                call.locations(),
                call.content() == null ? null : each(call.content(), this::output),
                call.parentId());
    }

    private MessageContent.ToolResult result(MessageContent.ToolResult result) {
        return new MessageContent.ToolResult(
                result.toolCallId(),
                inContent(result.output()),
                result.outcome(),
                each(result.content(), this::output),
                result.exitCode(),
                result.rawStatus(),
                result.unmatched());
    }

    private PermissionOption option(PermissionOption option) {
        return new PermissionOption(option.id(), inContent.apply(option.label()), option.kind());
    }

    private PlanEntry step(PlanEntry step) {
        return new PlanEntry(inContent.apply(step.content()), step.status(), step.priority());
    }

    private ProviderError error(ProviderError error) {
        return new ProviderError(
                error.scope(),
                error.kind(),
                beside.apply(error.message()),
                error.providerCode(),
                error.httpStatus(),
                error.retryable());
    }

    private static <T> List<T> each(List<T> all, UnaryOperator<T> cleaning) {
        return all.stream().map(cleaning).toList();
    }

    private ToolOutput output(ToolOutput output) {
        return switch (output) {
            case ToolOutput.TextOutput(var text) ->
                    new ToolOutput.TextOutput(inContent.apply(text));
            case ToolOutput.Diff(var path, var oldText, var newText) ->
                    new ToolOutput.Diff(path, inContent(oldText), inContent.apply(newText));
            case ToolOutput.RawOutput(var raw) -> new ToolOutput.RawOutput(inContent.apply(raw));
            case ToolOutput.TerminalOutput _ -> output;
        };
    }

    private @Nullable String inContent(@Nullable String text) {
        return text == null ? null : inContent.apply(text);
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
