package dev.stele.domain.project;

import dev.stele.contracts.Role;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Transcript.Live;
import org.jspecify.annotations.Nullable;

/**
 * Folds what is said in one turn. The projector does it while the turn is live; whoever reads a
 * turn that is over does it again, with the facts from its first place in the log to its last.
 */
public final class TranscriptFold {

    private TranscriptFold() {}

    /**
     * {@return what one turn had said when the last of some facts was there, or null when it had
     * not begun} Facts about anything else are passed over. Costs memory for all that was said.
     *
     * @param turnId the turn
     * @param facts its facts in order, and any others among them
     */
    public static @Nullable Live of(TurnId turnId, Iterable<StoredEvent> facts) {
        Live said = null;
        for (StoredEvent stored : facts) {
            if (said != null) {
                said = project(said, turnId, stored.event());
            } else if (stored.event() instanceof TurnStarted e && e.turnId().equals(turnId)) {
                said = started(e, stored.sequence());
            }
        }
        return said;
    }

    /**
     * {@return what is said when a turn has just been prompted}
     *
     * @param e the prompt
     * @param sequence its place in the log
     */
    public static Live started(TurnStarted e, long sequence) {
        return Live.of(sequence, prompt(e));
    }

    /** The first message of a turn. */
    static Message prompt(TurnStarted e) {
        return new Message(0, Role.USER, new Message.Body.Prompt(e.prompt()), e.at());
    }

    /**
     * {@return what is said after a fact; one about anything else changes nothing}
     *
     * @param said what is said before
     * @param turnId the turn that says it
     * @param event the fact
     */
    public static Live project(Live said, TurnId turnId, OrchestrationEvent event) {
        return switch (event) {
            case TurnEvent e when e.turnId().equals(turnId) -> project(said, e);
            case ApprovalEvent e when e.turnId().equals(turnId) -> project(said, e);
            case TurnEvent _,
                    ApprovalEvent _,
                    ThreadEvent _,
                    QueueEvent _,
                    ProjectEvent _,
                    CheckpointEvent _,
                    OperationEvent _,
                    LogEvent _ ->
                    said;
        };
    }

    /** After a fact about this turn. */
    static Live project(Live said, TurnEvent event) {
        return switch (event) {
            case MessageChunkReceived e -> MessageFold.chunk(said, e);
            case MessageAppended e -> MessageFold.appended(said, e);
            case ToolCallUpdated e -> MessageFold.toolCall(said, e);
            case PlanUpdated e -> said.withPlan(e.entries());
            case TurnStarted _,
                    RetryReported _,
                    TurnCompleted _,
                    TurnFailed _,
                    TurnInterrupted _,
                    TurnDrained _ ->
                    said;
        };
    }

    /** After a fact about an approval of this turn. */
    static Live project(Live said, ApprovalEvent event) {
        return switch (event) {
            case ApprovalRequested e -> ApprovalFold.requested(said, e);
            case ActionApproved e -> ApprovalFold.resolved(said, e);
            case ActionRejected e -> ApprovalFold.rejected(said, e);
            case ApprovalExpired e -> ApprovalFold.resolved(said, e);
        };
    }
}
