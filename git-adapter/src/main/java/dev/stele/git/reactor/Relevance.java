package dev.stele.git.reactor;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;

/** Which facts can make or end work in git. What an agent says cannot, and that is most facts. */
final class Relevance {

    private Relevance() {}

    static boolean of(OrchestrationEvent event) {
        return switch (event) {
            case ProjectEvent.ProjectDeleted _, ThreadEvent.ThreadDeleted _ -> true;
            case ProjectEvent _, ThreadEvent _, QueueEvent _, ApprovalEvent _, LogEvent _ -> false;
            case CheckpointEvent _, OperationEvent _ -> true;
            case TurnEvent turn -> of(turn);
        };
    }

    private static boolean of(TurnEvent event) {
        return switch (event) {
            case TurnEvent.TurnStarted _,
                    TurnEvent.TurnCompleted _,
                    TurnEvent.TurnFailed _,
                    TurnEvent.TurnInterrupted _,
                    TurnEvent.TurnDrained _ ->
                    true;
            case TurnEvent.MessageAppended _,
                    TurnEvent.MessageChunkReceived _,
                    TurnEvent.ToolCallUpdated _,
                    TurnEvent.PlanUpdated _,
                    TurnEvent.RetryReported _ ->
                    false;
        };
    }
}
