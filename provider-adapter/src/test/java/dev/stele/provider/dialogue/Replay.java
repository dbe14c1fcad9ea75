package dev.stele.provider.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.decide.Decider;
import dev.stele.domain.decide.Decision;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.project.Projector;
import dev.stele.domain.project.TranscriptFold;
import dev.stele.provider.acp.AcpProtocol;
import dev.stele.provider.codex.CodexProtocol;
import dev.stele.provider.dialogue.Dialogue.Line;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Normaliser;
import dev.stele.provider.session.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plays a dialogue through the normaliser, and what comes out through the decider and projector.
 */
final class Replay {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ProjectId PROJECT = new ProjectId("project");
    private static final ThreadId THREAD = new ThreadId("thread");

    private final boolean codex;
    private final Normaliser normaliser;
    private final List<TurnPlayed> turns = new ArrayList<>();
    private final List<ProviderEvent> outside = new ArrayList<>();
    private final List<StoredEvent> log = new ArrayList<>();
    private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
    private int actions;

    Replay(boolean codex) {
        this.codex = codex;
        normaliser =
                codex
                        ? new CodexProtocol(this::newActionId).normaliser()
                        : new AcpProtocol(this::newActionId, Set.of()).normaliser();
        submit(new OrchestrationCommand.CreateProject(PROJECT, "demo", "/workspace", NOW));
        submit(new OrchestrationCommand.CreateThread(THREAD, PROJECT, "demo", "agent", NOW));
    }

    /** What came out of one turn. */
    static final class TurnPlayed {
        final TurnId id;
        final List<ProviderEvent> events = new ArrayList<>();
        final List<String> answers = new ArrayList<>();

        TurnPlayed(TurnId id) {
            this.id = id;
        }

        <T extends ProviderEvent> List<T> events(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        List<ProviderEvent> ends() {
            return events.stream()
                    .filter(event ->
                            event instanceof ProviderEvent.TurnComplete
                                    || event instanceof ProviderEvent.Error)
                    .toList();
        }
    }

    List<TurnPlayed> turns() {
        return turns;
    }

    /** What came while no turn was open. */
    List<ProviderEvent> outside() {
        return outside;
    }

    Turn turn(TurnPlayed played) {
        return Objects.requireNonNull(model.turn(played.id));
    }

    /** All that was said in a turn, whether it is over or not. */
    Transcript.Live said(TurnPlayed played) {
        return Objects.requireNonNull(TranscriptFold.of(played.id, log));
    }

    private void happened(OrchestrationEvent event) {
        var stored = new StoredEvent(log.size() + 1L, event, NOW);
        log.add(stored);
        model = Projector.project(model, stored);
    }

    /** The dialogue of a recording, played to its end. */
    static Replay of(String file) {
        return new Replay(file.startsWith("codex-appserver")).play(Dialogue.of(file));
    }

    /** Plays a dialogue to its end; one without an exit ends by the watchdog. */
    Replay play(Dialogue dialogue) {
        for (Line line : dialogue.lines()) {
            switch (line.direction()) {
                case SENT -> sent(line.message());
                case RECEIVED -> received(line.message());
                case EXIT -> broken(ProviderError.Kind.CRASH);
            }
        }
        broken(ProviderError.Kind.TIMEOUT);
        return this;
    }

    void broken(ProviderError.Kind kind) {
        heard(
                normaliser.broken(
                        ProviderError.of(ProviderError.Scope.PROCESS, kind, "the process ended")));
    }

    void garbage(String text) {
        heard(normaliser.garbage(text));
    }

    void received(RpcMessage message) {
        heard(normaliser.received(message).events());
    }

    boolean isInTurn() {
        return normaliser.isInTurn();
    }

    void sent(RpcMessage message) {
        switch (message) {
            case RpcMessage.Request(_, var method, _) -> sent(method);
            case RpcMessage.Notification(var method, _) -> sent(method);
            case RpcMessage.Response(var id, var result) -> answered(id, result);
            case RpcMessage.Failure _ -> {}
        }
        normaliser.sending(message);
    }

    private void sent(String method) {
        if (isPrompt(method)) {
            startTurn();
        } else if (method.equals(codex ? "turn/interrupt" : "session/cancel")
                && normaliser.isInTurn()
                && turn(turns.getLast()).state() instanceof TurnState.Open) {
            submit(new OrchestrationCommand.InterruptTurn(THREAD, NOW));
        }
    }

    /** Whether a request of ours begins a turn. */
    boolean isPrompt(String method) {
        return method.equals(codex ? "turn/start" : "session/prompt");
    }

    private void startTurn() {
        var turn = new TurnPlayed(new TurnId("turn" + (turns.size() + 1)));
        turns.add(turn);
        submit(
                new OrchestrationCommand.StartTurn(
                        turn.id, THREAD, List.of(new MessageContent.Text("do it")), NOW));
    }

    private void answered(JsonNode id, JsonNode result) {
        for (Question question : normaliser.questions()) {
            if (RpcMessage.key(question.requestId()).equals(RpcMessage.key(id))) {
                String chosen = Json.text(result, "outcome", "optionId");
                answered(question, codex ? Json.text(result, "decision") : chosen);
            }
        }
    }

    private void answered(Question question, @Nullable String optionId) {
        PermissionOption option =
                question.options().stream()
                        .filter(o -> o.id().equals(optionId))
                        .findFirst()
                        .orElse(null);
        TurnPlayed played = turns.getLast();
        played.answers.add(option == null ? "cancelled" : lower(option.kind()));
        if (option != null && turn(played).pendingAction(question.actionId()) != null) {
            Actor by = Actor.person("test");
            ActionId action = question.actionId();
            submit(
                    option.kind().allows()
                            ? new OrchestrationCommand.ApprovePendingAction(
                                    THREAD, action, optionId, by, NOW)
                            : new OrchestrationCommand.RejectPendingAction(
                                    THREAD,
                                    action,
                                    option.kind().rejects() ? optionId : null,
                                    null,
                                    by,
                                    NOW));
        }
    }

    private ActionId newActionId() {
        return new ActionId("action" + ++actions);
    }

    private void heard(List<ProviderEvent> events) {
        for (ProviderEvent event : events) {
            TurnPlayed turn = turns.isEmpty() ? null : turns.getLast();
            boolean open = turn != null && turn.ends().isEmpty();
            if (turn != null && open) {
                turn.events.add(event);
            } else {
                outside.add(event);
            }
            submit(
                    new OrchestrationCommand.IngestProviderEvent(
                            THREAD, turn != null && open ? turn.id : null, 0, event, NOW));
        }
    }

    private void submit(OrchestrationCommand command) {
        assertThat(Decider.decide(command, model))
                .as("%s", command)
                .isInstanceOfSatisfying(
                        Decision.Accepted.class,
                        accepted -> accepted.events().forEach(this::happened));
    }

    /** A turn as a line of the tables. */
    String line(TurnPlayed played, boolean showNames) {
        return "%s | %s | %s | %s"
                .formatted(
                        words(played),
                        tools(played, showNames),
                        played.answers.isEmpty() ? "none" : String.join(", ", played.answers),
                        end(played));
    }

    private static String words(TurnPlayed played) {
        var texts = played.events(ProviderEvent.TextDelta.class);
        long thoughts = played.events(ProviderEvent.ThinkingDelta.class).size();
        String all =
                texts.stream().map(ProviderEvent.TextDelta::text).collect(Collectors.joining());
        long messages =
                texts.stream()
                        .map(ProviderEvent.TextDelta::messageId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count();
        String shown = all.length() > 58 ? all.substring(0, 57) + "…" : all;
        return (thoughts > 0 ? thoughts + " thoughts, " : "")
                + (texts.isEmpty() ? "nothing" : "%d \"%s\"".formatted(texts.size(), shown))
                + (messages > 1 ? " in %d messages".formatted(messages) : "");
    }

    private String tools(TurnPlayed played, boolean showNames) {
        List<MessageContent> transcript =
                said(played)
                        .messages()
                        .toJavaStream()
                        .map(Message::content)
                        .flatMap(List::stream)
                        .toList();
        List<String> shown = new ArrayList<>();
        for (MessageContent content : transcript) {
            if (content instanceof ToolCall call) {
                List<ToolResult> results =
                        transcript.stream()
                                .filter(ToolResult.class::isInstance)
                                .map(ToolResult.class::cast)
                                .filter(result -> result.toolCallId().equals(call.id()))
                                .toList();
                assertThat(results).as("results of %s", call.id()).hasSize(1);
                shown.add(tool(played, call, results.getFirst(), showNames));
            }
        }
        return shown.isEmpty() ? "none" : String.join(", ", shown);
    }

    private static String tool(
            TurnPlayed played, ToolCall call, ToolResult result, boolean showNames) {
        boolean told =
                played.events(ProviderEvent.ToolResult.class).stream()
                        .anyMatch(event -> event.result().toolCallId().equals(call.id()));
        String exit =
                result.outcome() == ToolOutcome.FAILED && result.exitCode() != null
                        ? " exit " + result.exitCode()
                        : "";
        return (call.kind() == null ? "?" : lower(call.kind()))
                + (showNames && call.name() != null ? " " + call.name() : "")
                + " → "
                + lower(result.outcome())
                + exit
                + (told ? "" : " (not told)")
                + ("completed".equals(result.rawStatus()) ? " (told completed)" : "");
    }

    private static String end(TurnPlayed played) {
        assertThat(played.ends()).hasSize(1);
        return switch (played.ends().getFirst()) {
            case ProviderEvent.TurnComplete end ->
                    lower(end.stopReason())
                            + (end.rawStopReason() == null ? "" : ", told " + end.rawStopReason())
                            + (end.cause() == null ? "" : ", since " + end.cause());
            case ProviderEvent.Error(var error) -> error(error, retries(played));
            case ProviderEvent other -> throw new AssertionError(other);
        };
    }

    private static long retries(TurnPlayed played) {
        return played.events(ProviderEvent.Retrying.class).size();
    }

    private static String error(ProviderError error, long retries) {
        return "error %s %s".formatted(lower(error.scope()), lower(error.kind()))
                + (error.providerCode() == null ? "" : ", code " + error.providerCode())
                + (error.httpStatus() == null ? "" : ", http " + error.httpStatus())
                + (retries == 0 ? "" : ", %d retry".formatted(retries));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
