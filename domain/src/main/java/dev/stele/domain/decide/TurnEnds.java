package dev.stele.domain.decide;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent.TurnComplete;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalExpired;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.UsageUpdated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnDrained;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnFailed;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnInterrupted;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Message.Body.Whole;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Transcript.Live;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a turn ends for good, whatever the way: approvals still open expire, then tool calls still
 * open get a result, then comes the end itself.
 */
final class TurnEnds {

    private TurnEnds() {}

    /** The end of a live turn that its agent reports in order. */
    static List<OrchestrationEvent> completed(
            Turn turn, ChatThread thread, TurnComplete end, Instant at) {
        boolean draining = turn.state() instanceof TurnState.Draining;
        boolean cancelled = draining || end.stopReason() == StopReason.CANCELLED;
        List<OrchestrationEvent> events =
                loose(turn, ExpiryCause.TURN_ENDED, outcomeOf(cancelled), at);
        if (draining) {
            if (end.usage() != null) {
                events.add(new UsageUpdated(turn.threadId(), turn.id(), end.usage()));
            }
            events.add(new TurnDrained(turn.id(), word(end), at));
            return events;
        }
        events.add(
                new TurnCompleted(
                        turn.id(),
                        end.stopReason(),
                        end.rawStopReason(),
                        end.cause(),
                        end.usage(),
                        at));
        events.add(idle(turn));
        if (cancelled) {
            events.addAll(Queues.held(thread, HoldCause.TURN_INTERRUPTED, at));
        }
        return events;
    }

    /** The end of a live turn in failure. */
    static List<OrchestrationEvent> failed(
            Turn turn, ChatThread thread, ProviderError error, Instant at) {
        boolean draining = turn.state() instanceof TurnState.Draining;
        boolean gone = error.scope() == ProviderError.Scope.PROCESS;
        List<OrchestrationEvent> events =
                loose(
                        turn,
                        gone ? ExpiryCause.AGENT_GONE : ExpiryCause.TURN_ENDED,
                        outcomeOf(draining),
                        at);
        if (draining) {
            events.add(new TurnDrained(turn.id(), error.message(), at));
            return events;
        }
        events.add(new TurnFailed(turn.id(), error, at));
        events.add(idle(turn));
        if (!isCutOff(error)) {
            events.addAll(Queues.held(thread, HoldCause.TURN_FAILED, at));
        }
        return events;
    }

    /** Whether only what ran the agent had stopped: the next prompt may well work. */
    private static boolean isCutOff(ProviderError error) {
        return error.scope() == ProviderError.Scope.PROCESS && error.retryable();
    }

    /** The ends of all live turns of a thread that is about to be deleted. */
    static List<OrchestrationEvent> ofDeletedThread(
            ChatThread thread, OrchestrationReadModel model, Instant at) {
        List<OrchestrationEvent> events = new ArrayList<>();
        for (TurnId draining : thread.draining()) {
            Turn turn = model.turn(draining);
            if (turn != null) {
                events.addAll(loose(turn, ExpiryCause.DELETED, ToolOutcome.CANCELLED, at));
                events.add(new TurnDrained(draining, "deleted", at));
            }
        }
        TurnId open = thread.openTurn();
        Turn turn = open == null ? null : model.turn(open);
        if (turn != null) {
            events.addAll(loose(turn, ExpiryCause.DELETED, ToolOutcome.CANCELLED, at));
            events.add(new TurnInterrupted(turn.id(), InterruptCause.DELETED, at));
            events.add(idle(turn));
        }
        return events;
    }

    /** What expires when a turn ends or is interrupted. */
    static List<OrchestrationEvent> expiries(Turn turn, ExpiryCause cause, Instant at) {
        List<OrchestrationEvent> events = new ArrayList<>();
        for (PendingAction action : turn.pending()) {
            events.add(new ApprovalExpired(turn.id(), action.id(), cause, at));
        }
        return events;
    }

    private static List<OrchestrationEvent> loose(
            Turn turn, ExpiryCause cause, ToolOutcome outcome, Instant at) {
        List<OrchestrationEvent> events = expiries(turn, cause, at);
        Live said = turn.live();
        if (said == null) {
            return events;
        }
        int ordinal = said.size();
        for (int call : said.openCalls()) {
            Message message = said.message(call);
            if (message != null
                    && message.body() instanceof Whole(MessageContent.ToolCall toolCall)) {
                var result =
                        MessageContent.ToolResult.of(
                                toolCall.id(), null, outcome(said, toolCall.id(), outcome));
                events.add(
                        new MessageAppended(
                                turn.id(), ordinal++, Role.ASSISTANT, result, null, at));
            }
        }
        return events;
    }

    /** An agent that was told no often says no more of that call. */
    private static ToolOutcome outcome(Live said, String toolCallId, ToolOutcome otherwise) {
        return said.rejectedCalls().contains(toolCallId) ? ToolOutcome.REJECTED : otherwise;
    }

    private static ToolOutcome outcomeOf(boolean cancelled) {
        return cancelled ? ToolOutcome.CANCELLED : ToolOutcome.UNKNOWN;
    }

    private static String word(TurnComplete end) {
        String raw = end.rawStopReason();
        return raw != null ? raw : end.stopReason().name().toLowerCase(Locale.ROOT);
    }

    private static ThreadStatusChanged idle(Turn turn) {
        return new ThreadStatusChanged(turn.threadId(), new ThreadStatus.Idle());
    }
}
