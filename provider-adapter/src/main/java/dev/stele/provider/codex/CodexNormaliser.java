package dev.stele.provider.codex;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.SessionUpdate;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Failures;
import dev.stele.provider.session.Heard;
import dev.stele.provider.session.Normaliser;
import dev.stele.provider.session.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The meaning of a codex thread. A turn is open from our {@code turn/start} until {@code
 * turn/completed}, or until the request is refused. To interrupt it, its id must be known: an
 * interrupt that comes earlier is sent when it is.
 */
final class CodexNormaliser implements Normaliser {
    static final String INITIALIZE = "initialize";
    static final String READ_ACCOUNT = "account/read";
    static final String START_THREAD = "thread/start";
    static final String RESUME_THREAD = "thread/resume";
    static final String START_TURN = "turn/start";
    static final String INTERRUPT = "turn/interrupt";
    private static final String COMMAND_APPROVAL = "item/commandExecution/requestApproval";
    private static final String FILE_APPROVAL = "item/fileChange/requestApproval";
    private static final String PERMISSIONS_APPROVAL = "item/permissions/requestApproval";

    private final Supplier<ActionId> newActionId;
    private final Map<String, RpcMessage.Request> asked = new HashMap<>();
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Map<String, Decisions> decisions = new HashMap<>();
    private final ThreadUsage usage = new ThreadUsage();
    private @Nullable String threadId;
    private @Nullable CodexTurn turn;

    /**
     * A normaliser of a thread that does not exist yet.
     *
     * @param newActionId gives each question of the open turn an id that was never used
     */
    CodexNormaliser(Supplier<ActionId> newActionId) {
        this.newActionId = newActionId;
    }

    @Override
    public boolean isInTurn() {
        return turn != null;
    }

    @Override
    public List<Question> questions() {
        return List.copyOf(questions.values());
    }

    /** The agent's id of the thread, or null before there is one. */
    @Nullable String threadId() {
        return threadId;
    }

    /** Cancels the open turn, if any. Returns what to send for it at once. */
    List<RpcMessage> cancel(@Nullable String cause) {
        return turn == null ? List.of() : turn.cancel(cause, threadId);
    }

    /** The answer to a question, or null when an interrupt closes it. */
    RpcMessage.@Nullable Response answer(Question question, @Nullable String optionId) {
        Decisions offered = decisions.get(question.key());
        boolean closed = optionId == null && turn != null && turn.isCancelled();
        return offered == null || closed
                ? null
                : new RpcMessage.Response(question.requestId(), offered.result(optionId));
    }

    @Override
    public void sending(RpcMessage message) {
        switch (message) {
            case RpcMessage.Request request -> {
                String key = RpcMessage.key(request.id());
                asked.put(key, request);
                if (request.method().equals(START_TURN)) {
                    turn = new CodexTurn(key, usage);
                } else if (request.method().equals(INTERRUPT) && turn != null) {
                    turn.cancel(null, null);
                }
            }
            case RpcMessage.Response(var id, var result) -> answering(id, result);
            case RpcMessage.Failure(var id, _, _, _) -> answering(id, MissingNode.getInstance());
            case RpcMessage.Notification _ -> {}
        }
    }

    private void answering(JsonNode id, JsonNode result) {
        Question question = forget(id);
        if (question != null && turn != null) {
            turn.answered(question, Json.text(result, "decision"), result);
        }
    }

    private @Nullable Question forget(JsonNode requestId) {
        String key = RpcMessage.key(requestId);
        decisions.remove(key);
        return questions.remove(key);
    }

    @Override
    public Heard received(RpcMessage message) {
        return switch (message) {
            case RpcMessage.Request request -> request(request);
            case RpcMessage.Notification(var method, var params) -> notification(method, params);
            case RpcMessage.Response(var id, var result) -> answer(id, message, result);
            case RpcMessage.Failure failure -> failure(failure);
        };
    }

    @Override
    public List<ProviderEvent> broken(ProviderError error) {
        return close(turn == null ? List.of() : turn.endedBy(error));
    }

    /** The turn's last events; what it asked and was not answered is asked no more. */
    private List<ProviderEvent> close(List<ProviderEvent> last) {
        turn = null;
        questions.clear();
        decisions.clear();
        return last;
    }

    private Heard answer(JsonNode id, RpcMessage message, JsonNode result) {
        RpcMessage.Request request = asked.remove(RpcMessage.key(id));
        if (request == null) {
            return Heard.of(Normaliser.notice("unasked_answer", message.toJson()));
        }
        return switch (request.method()) {
            case INITIALIZE ->
                    Heard.of(new SessionUpdate(null, null, null, INITIALIZE, Json.write(result)));
            case START_THREAD, RESUME_THREAD -> {
                if (request.method().equals(RESUME_THREAD)) {
                    usage.goOn();
                }
                threadId = Json.text(result, "thread", "id");
                yield Heard.of(
                        new SessionUpdate(
                                threadId, null, null, request.method(), Json.write(result)));
            }
            case START_TURN -> named(Json.text(result, "turn", "id"));
            default -> Heard.NOTHING;
        };
    }

    /** The turn's id is known: an interrupt that waited for it goes out. */
    private Heard named(@Nullable String turnId) {
        return turn == null || turnId == null
                ? Heard.NOTHING
                : new Heard(List.of(), turn.named(turnId, threadId));
    }

    private Heard failure(RpcMessage.Failure failure) {
        RpcMessage.Request request = asked.remove(RpcMessage.key(failure.id()));
        if (request == null) {
            return Heard.of(Normaliser.notice("unasked_answer", failure.toJson()));
        }
        if (turn != null && turn.isAskedFor(RpcMessage.key(failure.id()))) {
            return Heard.of(close(turn.endedBy(Failures.of(ProviderError.Scope.TURN, failure))));
        }
        return Heard.NOTHING;
    }

    private Heard request(RpcMessage.Request request) {
        JsonNode params = request.params();
        return switch (request.method()) {
            case COMMAND_APPROVAL ->
                    question(request, "commandExecution", Decisions.aboutItem(params));
            case FILE_APPROVAL -> question(request, "fileChange", Decisions.aboutItem(params));
            case PERMISSIONS_APPROVAL ->
                    question(request, "permissions", Decisions.aboutPermissions(params));
            default ->
                    Heard.of(Normaliser.notice(request.method(), params))
                            .answeredBy(Heard.unknownMethod(request));
        };
    }

    private Heard question(RpcMessage.Request request, String type, Decisions offered) {
        CodexTurn open = turn;
        JsonNode params = request.params();
        var cancelled = new RpcMessage.Response(request.id(), offered.result(null));
        if (open == null || questions.containsKey(RpcMessage.key(request.id()))) {
            return Heard.of(Normaliser.notice(request.method(), params)).answeredBy(cancelled);
        }
        var events = new ArrayList<>(open.askedAbout(params, type));
        if (open.isCancelled()) {
            return Heard.of(events).answeredBy(cancelled);
        }
        var question =
                new Question(
                        request.id(),
                        newActionId.get(),
                        Json.text(params, "itemId"),
                        offered.options());
        questions.put(question.key(), question);
        decisions.put(question.key(), offered);
        events.add(
                new ProviderEvent.AwaitingApproval(
                        question.actionId(),
                        question.toolCallId(),
                        open.titleOf(params),
                        question.options()));
        return Heard.of(events);
    }

    private Heard notification(String method, JsonNode params) {
        return switch (method) {
            case "serverRequest/resolved" -> resolved(params.path("requestId"));
            case "turn/started" -> named(Json.text(params, "turn", "id"));
            case "thread/started" -> Heard.NOTHING; // The answer to thread/start says the same.
            case "thread/status/changed" ->
                    Heard.of(
                            new SessionUpdate(
                                    null, null, null, method, Json.write(params.path("status"))));
            case "thread/name/updated" ->
                    Heard.of(
                            new SessionUpdate(
                                    null, Json.text(params, "threadName"), null, null, null));
            case "thread/tokenUsage/updated" -> usage(method, params);
            default -> Heard.of(ofTurn(method, params));
        };
    }

    /** What the thread used outside of its turns is of no turn. */
    private Heard usage(String method, JsonNode params) {
        if (!usage.update(params.path("tokenUsage"))) {
            return Heard.of(Normaliser.notice(method, params));
        }
        var used = usage.ofTurn();
        return turn == null || used == null
                ? Heard.NOTHING
                : Heard.of(new ProviderEvent.UsageUpdate(used));
    }

    private Heard resolved(JsonNode requestId) {
        Question question = forget(requestId);
        return question == null || turn == null
                ? Heard.NOTHING
                : Heard.of(turn.plus(new ProviderEvent.ApprovalWithdrawn(question.actionId())));
    }

    /** What another thread or another turn says is kept as it came. */
    private List<ProviderEvent> ofTurn(String method, JsonNode params) {
        CodexTurn open = turn;
        String thread = Json.text(params, "threadId");
        boolean foreign = thread != null && threadId != null && !thread.equals(threadId);
        if (open == null || foreign || !open.isMeant(params)) {
            return List.of(Normaliser.notice(method, params));
        }
        if (method.equals("turn/completed")) {
            return close(open.endedBy(params.path("turn")));
        }
        List<ProviderEvent> events = open.heard(method, params);
        return events == null ? open.plus(Normaliser.notice(method, params)) : events;
    }
}
