package dev.stele.provider.acp;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ToolOutcome;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Failures;
import dev.stele.provider.session.Question;
import dev.stele.provider.session.TurnCalls;
import dev.stele.provider.session.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A prompt that is not answered yet, and what was said since. */
final class OpenTurn {
    private final String promptKey;
    private final AgentKind agent;
    private final Words words = new Words();
    private final TurnCalls calls = new TurnCalls();
    private boolean rejected;
    private boolean cancelled;
    private @Nullable String cancelCause;
    private boolean systemError;
    private final StringBuilder errorWords = new StringBuilder();
    private @Nullable Integer errorStatus;

    /**
     * A turn that begins.
     *
     * @param promptKey the id of the prompt's request, as text
     * @param agent whom it is with
     */
    OpenTurn(String promptKey, AgentKind agent) {
        this.promptKey = promptKey;
        this.agent = agent;
    }

    boolean isAnsweredBy(String key) {
        return promptKey.equals(key);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** It is cancelled by us. The first cause stays. */
    void cancel(@Nullable String cause) {
        if (!cancelled) {
            cancelled = true;
            cancelCause = cause;
        }
    }

    /** One of its questions is answered. */
    void answered(Question question, @Nullable String optionId) {
        if (!cancelled && question.isRejectedBy(optionId)) {
            rejected = true;
            if (question.toolCallId() != null) {
                calls.reject(question.toolCallId());
            }
        }
    }

    /** Words, spoken or thought. After codex reports a system error they are its message. */
    List<ProviderEvent> words(boolean thinking, @Nullable String messageId, String text) {
        if (systemError && messageId == null && !thinking) {
            errorWords.append(text);
            return List.of();
        }
        return words.more(thinking, messageId, text);
    }

    /** Something that is no words: what is held back of them comes before it. */
    List<ProviderEvent> plus(ProviderEvent event) {
        var events = new ArrayList<>(words.flush());
        events.add(event);
        return events;
    }

    /** What codex says of the model's failures beside the protocol. */
    void codex(JsonNode news) {
        String status = Json.text(news, "threadStatus", "type");
        systemError = status == null ? systemError : status.equals("systemError");
        for (JsonNode info : Json.below(news, "error", "codexErrorInfo")) {
            Integer http = Json.smallInteger(info, "httpStatusCode");
            errorStatus = http != null ? http : errorStatus;
        }
    }

    /** A call that was announced or updated: null when the message names none. */
    @Nullable List<ProviderEvent> toolCall(JsonNode json, boolean announcement) {
        String id = Json.text(json, "toolCallId");
        if (id == null) {
            return null;
        }
        String status = Json.text(json, "status");
        boolean ends = "completed".equals(status) || "failed".equals(status);
        if (ends && calls.hasEnded(id)) {
            return null;
        }
        var events = new ArrayList<>(words.flush());
        var told = ToolCalls.read(id, json, nameOf(json, id, announcement));
        events.addAll(calls.learn(ends ? ToolCalls.withoutContent(told) : stillOpen(told)));
        calls.hear(id, Json.text(json, "_meta", "terminal_output_delta", "data"));
        if (ends) {
            calls.end(id);
            ToolOutcome outcome = calls.outcome(id, "completed".equals(status), cancelled);
            events.add(
                    new ProviderEvent.ToolResult(
                            ToolCalls.result(id, json, outcome, calls.heard(id))));
        }
        return events;
    }

    /** What is told of a call that has ended does not open it again. */
    private MessageContent.ToolCall stillOpen(MessageContent.ToolCall told) {
        return calls.hasEnded(told.id()) ? ToolCalls.withoutStatus(told) : told;
    }

    /** A call as a question shows it: it adds what was not known, and overwrites nothing. */
    List<ProviderEvent> askedAbout(JsonNode json) {
        String id = Json.text(json, "toolCallId");
        if (id == null) {
            return words.flush();
        }
        var shown = ToolCalls.read(id, json, nameOf(json, id, false));
        var known = calls.known(id);
        var events = new ArrayList<>(words.flush());
        events.addAll(calls.learn(known == null ? shown : shown.mergedWith(known)));
        return events;
    }

    /** A title for a question about this call. */
    String titleOf(JsonNode json) {
        String title = Json.text(json, "title");
        String id = Json.text(json, "toolCallId");
        var known = id == null ? null : calls.known(id);
        if (title == null && known != null) {
            title = known.title() != null ? known.title() : known.name();
        }
        return title != null ? title : "The agent asks for a permission";
    }

    /** The end, from the answer to the prompt. */
    List<ProviderEvent> endedBy(JsonNode result) {
        String raw = Json.text(result, "stopReason");
        StopReason reason = stopReason(raw);
        if (systemError && reason == StopReason.END_TURN && !cancelled) {
            String why = errorWords.toString();
            errorWords.setLength(0);
            return endedBy(Failures.told(why, errorStatus));
        }
        List<ProviderEvent> events = closing();
        StopReason kept = cancelled ? StopReason.CANCELLED : reason;
        events.add(
                new ProviderEvent.TurnComplete(
                        kept,
                        kept == reason && reason != StopReason.UNKNOWN ? null : raw,
                        cause(kept),
                        Usages.ofTurn(result)));
        return events;
    }

    /** The end, from the refusal of the prompt. */
    List<ProviderEvent> endedBy(RpcMessage.Failure failure) {
        if (!cancelled || failure.code() != RpcMessage.REQUEST_CANCELLED) {
            return endedBy(Failures.of(ProviderError.Scope.TURN, failure));
        }
        List<ProviderEvent> events = closing();
        String raw = Long.toString(failure.code());
        events.add(
                new ProviderEvent.TurnComplete(
                        StopReason.CANCELLED, raw, cause(StopReason.CANCELLED), null));
        return events;
    }

    /** The end in an error. */
    List<ProviderEvent> endedBy(ProviderError error) {
        List<ProviderEvent> events = closing();
        events.add(new ProviderEvent.Error(error));
        return events;
    }

    /** All that was held back and did not become the error. */
    private List<ProviderEvent> closing() {
        var events = new ArrayList<>(words.flush());
        if (!errorWords.isEmpty()) {
            events.add(new ProviderEvent.TextDelta(errorWords.toString(), null));
        }
        events.addAll(calls.unfinished());
        return events;
    }

    private @Nullable String nameOf(JsonNode json, String id, boolean announcement) {
        String name = ToolCalls.name(json);
        boolean known = calls.known(id) != null;
        return name != null || known ? name : agent.hiddenToolName(json, announcement);
    }

    private @Nullable String cause(StopReason kept) {
        if (kept != StopReason.CANCELLED) {
            return null;
        }
        return cancelled ? cancelCause : rejected ? "rejected" : null;
    }

    private static StopReason stopReason(@Nullable String raw) {
        if (raw != null) {
            for (StopReason reason : StopReason.values()) {
                if (reason.name().toLowerCase(Locale.ROOT).equals(raw)) {
                    return reason;
                }
            }
        }
        return StopReason.UNKNOWN;
    }
}
