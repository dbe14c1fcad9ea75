package dev.stele.domain.project;

import dev.stele.contracts.Role;
import dev.stele.contracts.TokenUsage;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.PlanUpdated;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnDrained;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnFailed;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnInterrupted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;

/** What facts about the course of a turn change. */
final class TurnFold {

    private TurnFold() {}

    static OrchestrationReadModel started(OrchestrationReadModel model, TurnStarted e) {
        ChatThread thread = model.thread(e.threadId());
        Place place = model.placeOf(e.threadId());
        if (thread == null || place == null || model.turn(e.turnId()) != null) {
            return model;
        }
        var prompt = new Message(0, Role.USER, new Message.Body.Prompt(e.prompt()), e.at());
        Turn turn =
                Turn.started(
                        e.turnId(),
                        thread.id(),
                        thread.conversation(),
                        model.lanes().nextTicket(),
                        prompt);
        return model.with(turn)
                .with(thread.plusTurn(turn.id()))
                .withLanes(model.lanes().plus(new TurnWork(place, turn.id())));
    }

    static OrchestrationReadModel plan(OrchestrationReadModel model, PlanUpdated e) {
        Turn turn = model.turn(e.turnId());
        return turn == null ? model : model.with(turn.withPlan(e.entries()));
    }

    static OrchestrationReadModel completed(OrchestrationReadModel model, TurnCompleted e) {
        Turn turn = model.turn(e.turnId());
        if (turn == null) {
            return model;
        }
        OrchestrationReadModel ended =
                model.with(
                        turn.withState(new TurnState.Completed(e.stopReason(), e.cause(), e.at())));
        TokenUsage usage = e.usage();
        return usage == null ? ended : ThreadFold.usage(ended, turn.threadId(), turn.id(), usage);
    }

    static OrchestrationReadModel failed(OrchestrationReadModel model, TurnFailed e) {
        Turn turn = model.turn(e.turnId());
        return turn == null
                ? model
                : model.with(turn.withState(new TurnState.Failed(e.error(), e.at())));
    }

    static OrchestrationReadModel interrupted(OrchestrationReadModel model, TurnInterrupted e) {
        Turn turn = model.turn(e.turnId());
        ChatThread thread = turn == null ? null : model.thread(turn.threadId());
        if (turn == null || thread == null) {
            return model;
        }
        return switch (e.cause()) {
            case REQUESTED ->
                    model.with(turn.withState(new TurnState.Draining(e.cause(), e.at())))
                            .with(thread.withDraining(thread.draining().append(turn.id())));
            case DELETED ->
                    model.with(
                            turn.withState(
                                    new TurnState.Interrupted(
                                            InterruptCause.DELETED, e.at(), e.at())));
        };
    }

    static OrchestrationReadModel drained(OrchestrationReadModel model, TurnDrained e) {
        Turn turn = model.turn(e.turnId());
        ChatThread thread = turn == null ? null : model.thread(turn.threadId());
        return turn != null
                        && thread != null
                        && turn.state() instanceof TurnState.Draining(var cause, var since)
                ? model.with(turn.withState(new TurnState.Interrupted(cause, since, e.at())))
                        .with(thread.withDraining(thread.draining().remove(turn.id())))
                : model;
    }
}
