package dev.stele.provider.reactor;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolOutput;
import dev.stele.provider.process.Secrets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets of this process's environment out of what agents say, before it reaches the
 * log. Ids stay, since answers go by them. A secret that an agent says in pieces is not seen.
 *
 * @param clean takes secrets out of a text
 */
record Redaction(UnaryOperator<String> clean) {

    /** The one for the secrets that this process and its agents find in their environment. */
    static final Redaction OF_ENVIRONMENT = new Redaction(Secrets::ofEnvironmentRemovedFrom);

    /** The event without secrets. */
    ProviderEvent of(ProviderEvent event) {
        return switch (event) {
            case ProviderEvent.TextDelta(var text, var messageId) ->
                    new ProviderEvent.TextDelta(cleaned(text), messageId);
            case ProviderEvent.ThinkingDelta(var text, var messageId) ->
                    new ProviderEvent.ThinkingDelta(cleaned(text), messageId);
            case ProviderEvent.ToolCall(var call) -> new ProviderEvent.ToolCall(of(call));
            case ProviderEvent.ToolResult(var result) -> new ProviderEvent.ToolResult(of(result));
            case ProviderEvent.AwaitingApproval(var action, var call, var title, var options) ->
                    new ProviderEvent.AwaitingApproval(
                            action, call, cleaned(title), each(options, this::of));
            case ProviderEvent.Error(var error) -> new ProviderEvent.Error(of(error));
            case ProviderEvent.PlanUpdate(var entries) ->
                    new ProviderEvent.PlanUpdate(each(entries, this::of));
            case ProviderEvent.SessionUpdate update -> of(update);
            case ProviderEvent.Retrying(var message) ->
                    new ProviderEvent.Retrying(cleaned(message));
            case ProviderEvent.Notice(var kind, var raw) ->
                    new ProviderEvent.Notice(kind, cleaned(raw));
            case ProviderEvent.TurnComplete _,
                    ProviderEvent.ApprovalWithdrawn _,
                    ProviderEvent.UsageUpdate _ ->
                    event;
        };
    }

    private MessageContent.ToolCall of(MessageContent.ToolCall call) {
        return new MessageContent.ToolCall(
                call.id(),
                call.name(),
                cleanedOrNull(call.input()),
                cleanedOrNull(call.title()),
                call.kind(),
                call.status(),
                call.locations(),
                call.content() == null ? null : each(call.content(), this::of),
                call.parentId());
    }

    private MessageContent.ToolResult of(MessageContent.ToolResult result) {
        return new MessageContent.ToolResult(
                result.toolCallId(),
                cleanedOrNull(result.output()),
                result.outcome(),
                each(result.content(), this::of),
                result.exitCode(),
                result.rawStatus(),
                result.unmatched());
    }

    private ToolOutput of(ToolOutput output) {
        return switch (output) {
            case ToolOutput.TextOutput(var text) -> new ToolOutput.TextOutput(cleaned(text));
            case ToolOutput.Diff(var path, var oldText, var newText) ->
                    new ToolOutput.Diff(path, cleanedOrNull(oldText), cleaned(newText));
            case ToolOutput.TerminalOutput terminal -> terminal;
            case ToolOutput.RawOutput(var raw) -> new ToolOutput.RawOutput(cleaned(raw));
        };
    }

    private PermissionOption of(PermissionOption option) {
        return new PermissionOption(option.id(), cleaned(option.label()), option.kind());
    }

    private PlanEntry of(PlanEntry entry) {
        return new PlanEntry(cleaned(entry.content()), entry.status(), entry.priority());
    }

    private ProviderEvent of(ProviderEvent.SessionUpdate update) {
        return new ProviderEvent.SessionUpdate(
                update.sessionId(),
                cleanedOrNull(update.title()),
                update.modeId(),
                update.kind(),
                cleanedOrNull(update.raw()));
    }

    private ProviderError of(ProviderError error) {
        return new ProviderError(
                error.scope(),
                error.kind(),
                cleaned(error.message()),
                error.providerCode(),
                error.httpStatus(),
                error.retryable());
    }

    private String cleaned(String text) {
        return clean.apply(text);
    }

    private @Nullable String cleanedOrNull(@Nullable String text) {
        return text == null ? null : clean.apply(text);
    }

    private static <T> List<T> each(List<T> all, UnaryOperator<T> cleaning) {
        return all.stream().map(cleaning).toList();
    }
}
