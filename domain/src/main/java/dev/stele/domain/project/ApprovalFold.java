package dev.stele.domain.project;

import dev.stele.contracts.ActionId;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus.AwaitingApproval;
import dev.stele.domain.model.Turn;
import java.util.List;

/** What facts about pending actions change. */
final class ApprovalFold {

    private ApprovalFold() {}

    static OrchestrationReadModel requested(OrchestrationReadModel model, ApprovalRequested e) {
        Turn turn = model.turn(e.turnId());
        if (turn == null || turn.askedActions().contains(e.actionId())) {
            return model;
        }
        var action =
                new PendingAction(e.actionId(), e.toolCallId(), e.title(), e.options(), e.at());
        return model.with(
                turn.withPending(
                        turn.pending().append(action), turn.askedActions().add(action.id())));
    }

    /** Remembers the call, so that its end is known when the agent does not tell it. */
    static OrchestrationReadModel rejected(OrchestrationReadModel model, ActionRejected e) {
        Turn turn = model.turn(e.turnId());
        PendingAction action = turn == null ? null : turn.pendingAction(e.actionId());
        String toolCallId = action == null ? null : action.toolCallId();
        return resolved(
                turn == null || toolCallId == null
                        ? model
                        : model.with(turn.withRejectedCall(toolCallId)),
                e);
    }

    static OrchestrationReadModel resolved(OrchestrationReadModel model, ApprovalEvent e) {
        Turn turn = model.turn(e.turnId());
        if (turn == null) {
            return model;
        }
        Turn after =
                turn.withPending(
                        turn.pending().reject(action -> action.id().equals(e.actionId())),
                        turn.askedActions());
        return withShorterStatus(model.with(after), after);
    }

    /** While others are left the thread goes on waiting, for them alone. */
    private static OrchestrationReadModel withShorterStatus(
            OrchestrationReadModel model, Turn turn) {
        ChatThread thread = model.thread(turn.threadId());
        List<ActionId> left = turn.pending().map(PendingAction::id).asJava();
        return thread != null
                        && !left.isEmpty()
                        && thread.status() instanceof AwaitingApproval(var open, _)
                        && open.equals(turn.id())
                ? model.with(thread.withStatus(new AwaitingApproval(open, left)))
                : model;
    }
}
