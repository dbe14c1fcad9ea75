package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.*;
import dev.stele.contracts.Role;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.DeciderError.TurnNotFound;
import dev.stele.domain.command.DeciderError.TurnNotOpen;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalExpired;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.NoticeRecorded;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.SessionUpdated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.UsageUpdated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.PlanUpdated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.RetryReported;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.ToolCallUpdated;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.Message.Body.Speech;
import dev.stele.domain.model.Message.Body.Thought;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Transcript.Live;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules for what an agent reports: section 4 of the specification. */
final class ProviderEvents {

    private ProviderEvents() {}

    static Decision ingest(IngestProviderEvent c, OrchestrationReadModel model) {
        ChatThread thread = model.thread(c.threadId());
        if (thread == null) {
            return Decision.reject(new ThreadNotFound(c.threadId()));
        }
        return switch (c.event()) {
            case SessionUpdate(var session, var title, var mode, var kind, var raw) ->
                    accept(new SessionUpdated(c.threadId(), session, title, mode, kind, raw));
            case UsageUpdate(var usage) ->
                    accept(new UsageUpdated(c.threadId(), knownTurn(c, model), usage));
            case Notice(var kind, var raw) ->
                    accept(new NoticeRecorded(c.threadId(), knownTurn(c, model), kind, raw));
            case TextDelta _,
                    ThinkingDelta _,
                    ToolCall _,
                    ToolResult _,
                    AwaitingApproval _,
                    ApprovalWithdrawn _,
                    TurnComplete _,
                    ProviderEvent.Error _,
                    PlanUpdate _,
                    Retrying _ ->
                    inTurn(c, thread, model);
        };
    }

    private static @Nullable TurnId knownTurn(IngestProviderEvent c, OrchestrationReadModel model) {
        Turn turn = c.turnId() == null ? null : model.turn(c.turnId());
        return turn != null && turn.threadId().equals(c.threadId()) ? turn.id() : null;
    }

    private static Decision inTurn(
            IngestProviderEvent c, ChatThread thread, OrchestrationReadModel model) {
        if (c.turnId() == null) {
            return Decision.reject(new InvalidInput("turnId", "such an event belongs to a turn."));
        }
        Turn turn = model.turn(c.turnId());
        if (turn == null || !turn.threadId().equals(thread.id())) {
            return Decision.reject(new TurnNotFound(c.threadId(), c.turnId()));
        }
        Live said = turn.live();
        return said != null
                ? new Decision.Accepted(facts(c.event(), turn, thread, said, c.at()))
                : Decision.reject(new TurnNotOpen(turn.id()));
    }

    private static List<OrchestrationEvent> facts(
            ProviderEvent event, Turn turn, ChatThread thread, Live said, Instant at) {
        return switch (event) {
            case TextDelta(var text, var id) -> text(turn, said, text, id, at);
            case ThinkingDelta(var text, var id) -> thinking(turn, said, text, id, at);
            case ToolCall(var call) -> toolCall(turn, said, call, at);
            case ToolResult(var result) -> toolResult(turn, said, result, at);
            case AwaitingApproval asked -> asked(turn, said, asked, at);
            case ApprovalWithdrawn(var action) -> withdrawn(turn, action, at);
            case TurnComplete end -> TurnEnds.completed(turn, thread, end, at);
            case ProviderEvent.Error(var error) -> TurnEnds.failed(turn, thread, error, at);
            case PlanUpdate(var entries) -> List.of(new PlanUpdated(turn.id(), entries));
            case Retrying(var message) -> List.of(new RetryReported(turn.id(), message));
            case SessionUpdate _, UsageUpdate _, Notice _ -> List.of();
        };
    }

    private static List<OrchestrationEvent> text(
            Turn turn, Live said, String text, @Nullable String messageId, Instant at) {
        boolean goesOn =
                said.lastMessage().body() instanceof Speech(_, var id)
                        && Objects.equals(id, messageId);
        return words(turn, said, text, goesOn, new Text(text), messageId, at);
    }

    private static List<OrchestrationEvent> thinking(
            Turn turn, Live said, String text, @Nullable String messageId, Instant at) {
        boolean goesOn =
                said.lastMessage().body() instanceof Thought(_, var id)
                        && Objects.equals(id, messageId);
        return words(turn, said, text, goesOn, new ThinkingBlock(text), messageId, at);
    }

    private static List<OrchestrationEvent> words(
            Turn turn,
            Live said,
            String text,
            boolean goesOn,
            MessageContent beginning,
            @Nullable String messageId,
            Instant at) {
        if (text.isEmpty()) {
            return List.of();
        }
        return goesOn
                ? List.of(new MessageChunkReceived(turn.id(), said.lastMessage().ordinal(), text))
                : List.of(appended(turn, said, beginning, messageId, at));
    }

    private static List<OrchestrationEvent> toolCall(
            Turn turn, Live said, MessageContent.ToolCall call, Instant at) {
        MessageContent.ToolCall known = said.toolCall(call.id());
        if (known == null) {
            return List.of(appended(turn, said, call, null, at));
        }
        MessageContent.ToolCall change = known.changedBy(call);
        int ordinal = said.toolCalls().getOrElse(call.id(), -1);
        return change.isBlank()
                ? List.of()
                : List.of(new ToolCallUpdated(turn.id(), ordinal, change));
    }

    private static List<OrchestrationEvent> toolResult(
            Turn turn, Live said, MessageContent.ToolResult result, Instant at) {
        boolean unmatched = !said.isOpenCall(result.toolCallId());
        return List.of(appended(turn, said, result.withUnmatched(unmatched), null, at));
    }

    private static MessageAppended appended(
            Turn turn, Live said, MessageContent content, @Nullable String messageId, Instant at) {
        return new MessageAppended(turn.id(), said.size(), Role.ASSISTANT, content, messageId, at);
    }

    private static List<OrchestrationEvent> asked(
            Turn turn, Live said, AwaitingApproval asked, Instant at) {
        if (said.askedActions().contains(asked.actionId())) {
            return List.of();
        }
        var requested =
                new ApprovalRequested(
                        turn.id(),
                        asked.actionId(),
                        asked.toolCallId(),
                        asked.title(),
                        asked.options(),
                        at);
        return List.of(
                requested,
                turn.state() instanceof TurnState.Draining
                        ? new ApprovalExpired(
                                turn.id(), asked.actionId(), ExpiryCause.INTERRUPTED, at)
                        : new ThreadStatusChanged(
                                turn.threadId(), awaiting(turn, asked.actionId())));
    }

    private static ThreadStatus awaiting(Turn turn, ActionId newest) {
        return new ThreadStatus.AwaitingApproval(
                turn.id(), turn.pending().map(PendingAction::id).append(newest).asJava());
    }

    private static List<OrchestrationEvent> withdrawn(Turn turn, ActionId action, Instant at) {
        if (turn.pendingAction(action) == null) {
            return List.of();
        }
        List<OrchestrationEvent> events = new ArrayList<>();
        events.add(new ApprovalExpired(turn.id(), action, ExpiryCause.WITHDRAWN, at));
        events.addAll(Approvals.runningAfter(turn, action));
        return events;
    }
}
