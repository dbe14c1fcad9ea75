package dev.stele.provider.acp;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.SessionUpdate;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Heard;
import dev.stele.provider.session.Normaliser;
import dev.stele.provider.session.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The meaning of an ACP session. A turn is open from our {@code session/prompt} until its answer.
 * What we refuse is answered here too.
 */
final class AcpNormaliser implements Normaliser {
    static final String INITIALIZE = "initialize";
    static final String NEW_SESSION = "session/new";
    static final String LOAD_SESSION = "session/load";
    static final String RESUME_SESSION = "session/resume";
    static final String PROMPT = "session/prompt";
    static final String CANCEL = "session/cancel";
    static final String UPDATE = "session/update";
    static final String PERMISSION = "session/request_permission";

    /** What an agent tells of its session itself: true of it now, also while it is loaded. */
    private static final Set<String> OF_THE_SESSION =
            Set.of(
                    "available_commands_update",
                    "config_option_update",
                    "current_mode_update",
                    "session_info_update",
                    "usage_update");

    private final Set<String> served;
    private final Supplier<ActionId> newActionId;
    private final Map<String, RpcMessage.Request> asked = new HashMap<>();
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private AgentKind agent = AgentKind.OTHER;
    private @Nullable String sessionId;
    private @Nullable OpenTurn turn;
    private @Nullable String cancelCause;

    /** A session goes on, and was not prompted yet: what is said was said before. */
    private boolean replaying;

    /**
     * A normaliser of a session that does not exist yet.
     *
     * @param newActionId gives each question of the open turn an id that was never used
     * @param served the agent's requests that someone else answers
     */
    AcpNormaliser(Supplier<ActionId> newActionId, Set<String> served) {
        this.newActionId = newActionId;
        this.served = Set.copyOf(served);
    }

    @Override
    public boolean isInTurn() {
        return turn != null;
    }

    /** The agent's id of the session, or null before there is one. */
    @Nullable String sessionId() {
        return sessionId;
    }

    @Override
    public List<Question> questions() {
        return List.copyOf(questions.values());
    }

    /**
     * Names why the next cancel is sent; null when someone asked for it.
     *
     * @return whether there is a turn to cancel
     */
    boolean cancelBecause(@Nullable String cause) {
        cancelCause = cause;
        return turn != null;
    }

    @Override
    public void sending(RpcMessage message) {
        switch (message) {
            case RpcMessage.Request request -> asking(request);
            case RpcMessage.Notification(var method, _) -> {
                if (method.equals(CANCEL) && turn != null) {
                    turn.cancel(cancelCause);
                }
            }
            case RpcMessage.Response(var id, var result) ->
                    answering(id, Json.text(result, "outcome", "optionId"));
            case RpcMessage.Failure(var id, _, _, _) -> answering(id, null);
        }
    }

    private void asking(RpcMessage.Request request) {
        String key = RpcMessage.key(request.id());
        asked.put(key, request);
        if (request.method().equals(PROMPT)) {
            replaying = false;
            turn = new OpenTurn(key, agent);
        } else if (goesOn(request.method())) {
            replaying = true;
            sessionId = Json.text(request.params(), "sessionId");
        }
    }

    private static boolean goesOn(String method) {
        return method.equals(LOAD_SESSION) || method.equals(RESUME_SESSION);
    }

    private void answering(JsonNode id, @Nullable String optionId) {
        Question question = questions.remove(RpcMessage.key(id));
        if (question != null && turn != null) {
            turn.answered(question, optionId);
        }
    }

    @Override
    public Heard received(RpcMessage message) {
        return switch (message) {
            case RpcMessage.Request request -> request(request);
            case RpcMessage.Notification(var method, var params)
                    when method.equals(RpcMessage.CANCEL_REQUEST) ->
                    withdrawn(params.path("requestId"));
            case RpcMessage.Notification(var method, var params) when method.equals(PERMISSION) ->
                    refused(NullNode.getInstance(), params, "a question needs an id");
            case RpcMessage.Notification notification -> Heard.of(notification(notification));
            case RpcMessage.Response(var id, var result) -> Heard.of(answer(id, message, result));
            case RpcMessage.Failure failure -> Heard.of(failure(failure));
        };
    }

    private List<ProviderEvent> notification(RpcMessage.Notification notification) {
        return notification.method().equals(UPDATE)
                ? update(notification.params())
                : notice(notification.method(), notification.params());
    }

    @Override
    public List<ProviderEvent> broken(ProviderError error) {
        OpenTurn ended = turn;
        turn = null;
        return ended == null ? List.of() : ended.endedBy(error);
    }

    private List<ProviderEvent> answer(JsonNode id, RpcMessage message, JsonNode result) {
        String key = RpcMessage.key(id);
        RpcMessage.Request request = asked.remove(key);
        if (request == null) {
            return notice("unasked_answer", message.toJson());
        }
        OpenTurn open = turn;
        if (open != null && open.isAnsweredBy(key)) {
            turn = null;
            return open.endedBy(result);
        }
        return switch (request.method()) {
            case INITIALIZE -> {
                agent = AgentKind.of(result);
                yield List.of(kept(INITIALIZE, result));
            }
            case NEW_SESSION -> {
                sessionId = Json.text(result, "sessionId");
                yield List.of(session(NEW_SESSION, result));
            }
            case LOAD_SESSION, RESUME_SESSION -> List.of(session(request.method(), result));
            default -> List.of();
        };
    }

    private List<ProviderEvent> failure(RpcMessage.Failure failure) {
        String key = RpcMessage.key(failure.id());
        RpcMessage.Request request = asked.remove(key);
        if (request == null) {
            return notice("unasked_answer", failure.toJson());
        }
        if (goesOn(request.method())) {
            replaying = false;
            sessionId = null;
        }
        OpenTurn open = turn;
        if (open == null || !open.isAnsweredBy(key)) {
            return List.of();
        }
        turn = null;
        return open.endedBy(failure);
    }

    /** What is put to a person is answered later; someone else answers what is served. */
    private Heard request(RpcMessage.Request request) {
        if (request.method().equals(PERMISSION)) {
            return question(request);
        }
        if (served.contains(request.method())) {
            return Heard.NOTHING;
        }
        return new Heard(
                request.method().startsWith("fs/")
                        ? List.of()
                        : notice(request.method(), request.params()),
                List.of(Heard.unknownMethod(request)));
    }

    private Heard question(RpcMessage.Request request) {
        OpenTurn open = turn;
        JsonNode params = request.params();
        if (open == null || questions.containsKey(RpcMessage.key(request.id()))) {
            return Heard.of(notice(PERMISSION, params)).answeredBy(cancelled(request.id()));
        }
        List<PermissionOption> options = Options.read(params.path("options"));
        if (options.isEmpty()) {
            return refused(request.id(), params, "a question needs options to answer with");
        }
        JsonNode call = params.path("toolCall");
        var events = new ArrayList<>(open.askedAbout(call));
        if (open.isCancelled()) {
            return Heard.of(events).answeredBy(cancelled(request.id()));
        }
        var question =
                new Question(
                        request.id(), newActionId.get(), Json.text(call, "toolCallId"), options);
        questions.put(question.key(), question);
        events.add(
                new ProviderEvent.AwaitingApproval(
                        question.actionId(),
                        question.toolCallId(),
                        open.titleOf(call),
                        question.options()));
        return Heard.of(events);
    }

    /** What cannot be put to anybody. */
    private static Heard refused(JsonNode requestId, JsonNode params, String why) {
        int code = requestId.isNull() ? RpcMessage.INVALID_REQUEST : RpcMessage.INVALID_PARAMS;
        return Heard.of(notice(PERMISSION, params)).answeredBy(Heard.refusal(requestId, code, why));
    }

    private static RpcMessage.Response cancelled(JsonNode requestId) {
        return Options.answer(requestId, null);
    }

    private Heard withdrawn(JsonNode requestId) {
        Question question = questions.remove(RpcMessage.key(requestId));
        if (question == null || turn == null) {
            return Heard.NOTHING;
        }
        return Heard.of(turn.plus(new ProviderEvent.ApprovalWithdrawn(question.actionId())))
                .answeredBy(Heard.refusal(requestId, RpcMessage.REQUEST_CANCELLED, "cancelled"));
    }

    private List<ProviderEvent> update(JsonNode params) {
        JsonNode update = params.path("update");
        String kind = Json.text(update, "sessionUpdate");
        String session = Json.text(params, "sessionId");
        boolean foreign = session != null && sessionId != null && !session.equals(sessionId);
        if (kind == null || foreign) {
            return notice(UPDATE, params);
        }
        if (replaying && !OF_THE_SESSION.contains(kind)) {
            return List.of(); // It was said before, and taken in then.
        }
        return switch (kind) {
            case "available_commands_update", "config_option_update" -> List.of(kept(kind, update));
            case "current_mode_update" ->
                    List.of(
                            new SessionUpdate(
                                    null, null, Json.text(update, "currentModeId"), null, null));
            case "session_info_update" -> sessionInfo(kind, update);
            case "usage_update" -> List.of(new ProviderEvent.UsageUpdate(Usages.ofSession(update)));
            case "user_message_chunk" -> List.of();
            case "agent_message_chunk",
                    "agent_thought_chunk",
                    "tool_call",
                    "tool_call_update",
                    "plan" ->
                    content(kind, update);
            default -> notice(kind, update);
        };
    }

    private List<ProviderEvent> content(String kind, JsonNode update) {
        OpenTurn open = turn;
        if (open == null) {
            return notice(kind, update);
        }
        List<ProviderEvent> events =
                switch (kind) {
                    case "tool_call" -> open.toolCall(update, true);
                    case "tool_call_update" -> open.toolCall(update, false);
                    case "plan" -> open.plus(plan(update.path("entries")));
                    case "agent_thought_chunk" -> words(open, true, update);
                    default -> words(open, false, update);
                };
        return events == null ? notice(kind, update) : events;
    }

    private static @Nullable List<ProviderEvent> words(
            OpenTurn open, boolean thinking, JsonNode update) {
        String text = Json.text(update, "content", "text");
        if (text == null || !"text".equals(Json.text(update, "content", "type"))) {
            return null;
        }
        var usage = Usages.tokens(Json.below(update, "_meta", "usage"));
        var events = new ArrayList<>(open.words(thinking, Json.text(update, "messageId"), text));
        if (usage != null) {
            events.add(new ProviderEvent.UsageUpdate(usage));
        }
        return events;
    }

    private List<ProviderEvent> sessionInfo(String kind, JsonNode update) {
        JsonNode meta = update.path("_meta");
        var events = new ArrayList<ProviderEvent>();
        boolean more = Json.isPresent(meta);
        events.add(
                new SessionUpdate(
                        null,
                        Json.text(update, "title"),
                        null,
                        more ? kind : null,
                        more ? Json.write(update) : null));
        JsonNode codex = meta.path("codex");
        if (turn != null && codex.isObject()) {
            turn.codex(codex);
            if (Json.below(codex, "error", "willRetry").asBoolean(false)) {
                events.addAll(turn.plus(retrying(codex.path("error"))));
            }
        }
        return events;
    }

    private static ProviderEvent retrying(JsonNode error) {
        String message = Json.text(error, "message");
        String details = Json.text(error, "additionalDetails");
        String shown = message == null ? "The agent tries again" : message;
        return new ProviderEvent.Retrying(details == null ? shown : shown + ": " + details);
    }

    private static ProviderEvent plan(JsonNode entries) {
        var steps = new ArrayList<PlanEntry>();
        for (JsonNode entry : entries) {
            String content = Json.text(entry, "content");
            String status = Json.text(entry, "status");
            steps.add(
                    new PlanEntry(
                            content == null ? Json.write(entry) : content,
                            status == null ? "pending" : status,
                            Json.text(entry, "priority")));
        }
        return new ProviderEvent.PlanUpdate(steps);
    }

    private SessionUpdate session(String kind, JsonNode result) {
        return new SessionUpdate(
                sessionId,
                null,
                Json.text(result, "modes", "currentModeId"),
                kind,
                Json.write(result));
    }

    private static SessionUpdate kept(String kind, JsonNode raw) {
        return new SessionUpdate(null, null, null, kind, Json.write(raw));
    }

    private static List<ProviderEvent> notice(String kind, JsonNode raw) {
        return List.of(Normaliser.notice(kind, raw));
    }
}
