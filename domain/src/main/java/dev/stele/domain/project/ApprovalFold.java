package dev.stele.domain.project;

import dev.stele.contracts.ActionId;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalExpired;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus.AwaitingApproval;
import dev.stele.domain.model.Transcript.Live;
import dev.stele.domain.model.Turn;
import java.util.List;

/** What facts about pending actions change. */
final class ApprovalFold {

    private ApprovalFold() {}

    /** A turn that is over asks nothing, and what it asked is answered. */
    static OrchestrationReadModel project(OrchestrationReadModel model, ApprovalEvent event) {
        Turn turn = model.turn(event.turnId());
        Live said = turn == null ? null : turn.live();
        if (turn == null || said == null) {
            return model;
        }
        Turn after = turn.with(TranscriptFold.project(said, event));
        return switch (event) {
            case ApprovalRequested _ -> model.with(after);
            case ActionApproved _, ActionRejected _, ApprovalExpired _ ->
                    withShorterStatus(model.with(after), after);
        };
    }

    static Live requested(Live said, ApprovalRequested e) {
        return said.askedActions().contains(e.actionId())
                ? said
                : said.withPending(
                        said.pending()
                                .append(
                                        new PendingAction(
                                                e.actionId(),
                                                e.toolCallId(),
                                                e.title(),
                                                e.options(),
                                                e.at())),
                        said.askedActions().add(e.actionId()));
    }

    /** Remembers the call, so that its end is known when the agent does not tell it. */
    static Live rejected(Live said, ActionRejected e) {
        PendingAction action = said.pendingAction(e.actionId());
        String toolCallId = action == null ? null : action.toolCallId();
        return resolved(toolCallId == null ? said : said.withRejectedCall(toolCallId), e);
    }

    static Live resolved(Live said, ApprovalEvent e) {
        return said.withPending(
                said.pending().reject(action -> action.id().equals(e.actionId())),
                said.askedActions());
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
