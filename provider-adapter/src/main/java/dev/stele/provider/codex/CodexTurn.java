package dev.stele.provider.codex;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ToolOutcome;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Normaliser;
import dev.stele.provider.session.Question;
import dev.stele.provider.session.TurnCalls;
import dev.stele.provider.session.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A turn of codex that was asked for and is not completed, and what was said since. */
final class CodexTurn {
    private final String requestKey;
    private final ThreadUsage usage;
    private final Words words = new Words();
    private final SaidItems said = new SaidItems();
    private final TurnCalls calls = new TurnCalls();
    private @Nullable String turnId;
    private boolean interruptOwed;
    private boolean cancelled;
    private @Nullable String cancelCause;
    private boolean stoppedByAnswer;
    private JsonNode lastError = MissingNode.getInstance();
    private @Nullable JsonNode newestDiff;

    /**
     * A turn that begins.
     *
     * @param requestKey the id of its request, as text
     * @param usage what the thread uses
     */
    CodexTurn(String requestKey, ThreadUsage usage) {
        this.requestKey = requestKey;
        this.usage = usage;
        usage.begin();
    }

    boolean isAskedFor(String key) {
        return requestKey.equals(key);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Whether a notification is about this turn, or does not say about which. */
    boolean isMeant(JsonNode params) {
        String id = Json.text(params, "turnId");
        String meant = id != null ? id : Json.text(params, "turn", "id");
        return meant == null || turnId == null || meant.equals(turnId);
    }

    /** It is cancelled by us; the first cause stays. Returns what to send at once. */
    List<RpcMessage> cancel(@Nullable String cause, @Nullable String threadId) {
        if (cancelled) {
            return List.of();
        }
        cancelled = true;
        cancelCause = cause;
        interruptOwed = threadId != null;
        return interrupt(threadId);
    }

    /** Its id becomes known. Returns what waited for it. */
    List<RpcMessage> named(String id, @Nullable String threadId) {
        turnId = turnId == null ? id : turnId;
        return interrupt(threadId);
    }

    private List<RpcMessage> interrupt(@Nullable String threadId) {
        if (!interruptOwed || turnId == null || threadId == null) {
            return List.of();
        }
        interruptOwed = false;
        return List.of(
                new RpcMessage.Request(
                        MissingNode.getInstance(),
                        CodexNormaliser.INTERRUPT,
                        Json.object().put("threadId", threadId).put("turnId", turnId)));
    }

    /** One of its questions is answered. */
    void answered(Question question, @Nullable String decision, JsonNode result) {
        boolean stops = Decisions.CANCEL.equals(decision);
        boolean grantsNothing =
                result.path("permissions").isObject() && result.path("permissions").isEmpty();
        if (!cancelled && (stops || grantsNothing || "decline".equals(decision))) {
            stoppedByAnswer |= stops;
            if (question.toolCallId() != null) {
                calls.reject(question.toolCallId());
            }
        }
    }

    /** Something that is no words: what is held back of them comes before it. */
    List<ProviderEvent> plus(ProviderEvent event) {
        var events = new ArrayList<>(words.flush());
        events.add(event);
        return events;
    }

    /** A call as a question shows it. */
    List<ProviderEvent> askedAbout(JsonNode params, String type) {
        var events = new ArrayList<>(words.flush());
        String id = Json.text(params, "itemId");
        if (id != null && calls.known(id) == null) {
            events.addAll(calls.learn(Items.asked(id, type, params)));
        }
        return events;
    }

    /** A title for a question. */
    String titleOf(JsonNode params) {
        String id = Json.text(params, "itemId");
        String reason = Json.text(params, "reason");
        var known = id == null ? null : calls.known(id);
        String title = known == null ? null : known.title();
        if (title == null) {
            title = "The agent asks for a permission";
        }
        return reason == null ? title : title + " (" + reason + ")";
    }

    /** What a notification means, or null when it says nothing that is known. */
    @Nullable List<ProviderEvent> heard(String method, JsonNode params) {
        return switch (method) {
            case "item/agentMessage/delta", "item/plan/delta" -> delta(false, params);
            case "item/reasoning/summaryTextDelta", "item/reasoning/textDelta" ->
                    delta(true, params);
            case "item/reasoning/summaryPartAdded" -> List.of();
            case "item/started" -> item(params.path("item"), false);
            case "item/completed" -> item(params.path("item"), true);
            case "item/commandExecution/outputDelta" -> printed(params, "delta");
            case "item/mcpToolCall/progress" -> printed(params, "message");
            case "item/fileChange/patchUpdated" -> patch(params);
            case "turn/plan/updated" -> plan(params.path("plan"));
            case "turn/diff/updated" -> {
                newestDiff = params;
                yield List.of();
            }
            case "error" -> error(params);
            default -> null;
        };
    }

    private @Nullable List<ProviderEvent> delta(boolean thinking, JsonNode params) {
        String text = Json.text(params, "delta");
        String id = Json.text(params, "itemId");
        if (text == null) {
            return null;
        }
        said.more(id, text);
        return words.more(thinking, id, text);
    }

    private @Nullable List<ProviderEvent> item(JsonNode item, boolean completed) {
        String type = Json.text(item, "type");
        String id = Json.text(item, "id");
        if (type == null || id == null) {
            return null;
        }
        if (Items.isTool(type)) {
            return call(id, item, completed);
        }
        return switch (type) {
            case "userMessage" -> List.of();
            case "agentMessage", "plan" -> completed ? unsaid(false, id, item) : List.of();
            case "reasoning" -> completed ? unsaid(true, id, item) : List.of();
            default -> completed ? null : List.of();
        };
    }

    /** Of what an item holds at its end, that which did not come piece by piece. */
    private List<ProviderEvent> unsaid(boolean thinking, String id, JsonNode item) {
        String rest = said.unsaid(id, item);
        return rest.isEmpty() ? List.of() : words.more(thinking, id, rest);
    }

    private @Nullable List<ProviderEvent> call(String id, JsonNode item, boolean completed) {
        if (completed && calls.hasEnded(id)) {
            return null;
        }
        var events = new ArrayList<>(words.flush());
        var told = Items.call(id, item);
        events.addAll(calls.learn(told));
        if (completed) {
            calls.end(id);
            events.add(
                    new ProviderEvent.ToolResult(
                            Items.result(id, item, outcome(id, item), calls.heard(id))));
        } else {
            events.addAll(show(id, item));
        }
        return events;
    }

    private List<ProviderEvent> show(String id, JsonNode item) {
        var changes = Items.changes(item);
        return changes.isEmpty() ? List.of() : calls.learn(Items.showing(id, changes));
    }

    private ToolOutcome outcome(String id, JsonNode item) {
        String status = Json.text(item, "status");
        if ("declined".equals(status) && !cancelled) {
            return ToolOutcome.REJECTED;
        }
        JsonNode success = item.path("success");
        boolean failed =
                "failed".equals(status) || (success.isBoolean() && !success.booleanValue());
        return calls.outcome(id, !failed, cancelled);
    }

    private @Nullable List<ProviderEvent> printed(JsonNode params, String name) {
        String id = Json.text(params, "itemId");
        String text = Json.text(params, name);
        if (id == null || text == null || calls.hasEnded(id)) {
            return null;
        }
        List<ProviderEvent> born =
                calls.known(id) == null
                        ? calls.learn(MessageContent.ToolCall.of(id, null, null))
                        : List.of();
        calls.hear(id, text);
        return born;
    }

    private @Nullable List<ProviderEvent> patch(JsonNode params) {
        String id = Json.text(params, "itemId");
        return id == null || calls.hasEnded(id) ? null : show(id, params);
    }

    private List<ProviderEvent> plan(JsonNode steps) {
        var entries = new ArrayList<PlanEntry>();
        for (JsonNode step : steps) {
            String text = Json.text(step, "step");
            String status = Json.text(step, "status");
            entries.add(
                    new PlanEntry(
                            text == null ? Json.write(step) : text,
                            status == null
                                    ? "pending"
                                    : status.equals("inProgress") ? "in_progress" : status,
                            null));
        }
        return plus(new ProviderEvent.PlanUpdate(entries));
    }

    private List<ProviderEvent> error(JsonNode params) {
        JsonNode error = params.path("error");
        if (params.path("willRetry").asBoolean(false)) {
            String told = CodexErrors.words(error);
            return plus(
                    new ProviderEvent.Retrying(told.isBlank() ? "The agent tries again" : told));
        }
        lastError = error;
        return List.of();
    }

    /** The end, from the turn as it is completed. */
    List<ProviderEvent> endedBy(JsonNode turn) {
        String status = Json.text(turn, "status");
        if ("failed".equals(status)) {
            JsonNode error = Json.isPresent(turn.path("error")) ? turn.path("error") : lastError;
            lastError = MissingNode.getInstance();
            return closing(turn, new ProviderEvent.Error(CodexErrors.of(error)));
        }
        StopReason reason =
                switch (status) {
                    case "completed" -> StopReason.END_TURN;
                    case "interrupted" -> StopReason.CANCELLED;
                    case null, default -> StopReason.UNKNOWN;
                };
        StopReason kept = cancelled ? StopReason.CANCELLED : reason;
        return closing(
                turn,
                new ProviderEvent.TurnComplete(
                        kept,
                        kept == reason && reason != StopReason.UNKNOWN ? null : status,
                        cause(kept),
                        usage.ofTurn()));
    }

    private @Nullable String cause(StopReason kept) {
        if (kept != StopReason.CANCELLED) {
            return null;
        }
        return cancelled ? cancelCause : stoppedByAnswer ? "rejected" : null;
    }

    /** The end in an error. */
    List<ProviderEvent> endedBy(ProviderError error) {
        return closing(MissingNode.getInstance(), new ProviderEvent.Error(error));
    }

    /** All that was held back, what the completed turn holds beyond it, and the end. */
    private List<ProviderEvent> closing(JsonNode turn, ProviderEvent end) {
        var events = new ArrayList<ProviderEvent>();
        for (JsonNode item : turn.path("items")) {
            List<ProviderEvent> more = item(item, true);
            events.addAll(more == null ? List.of() : more);
        }
        events.addAll(words.flush());
        events.addAll(calls.unfinished());
        if (newestDiff != null) {
            events.add(Normaliser.notice("turn/diff/updated", newestDiff));
        }
        if (Json.isPresent(lastError)) {
            events.add(Normaliser.notice("error", lastError));
        }
        events.add(end);
        return events;
    }
}
