package dev.stele.domain.project;

import dev.stele.contracts.TokenUsage;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnDrained;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnFailed;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnInterrupted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Place;
import dev.stele.domain.model.Transcript.Live;
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
        Turn turn =
                new Turn(
                        e.turnId(),
                        thread.id(),
                        thread.conversation(),
                        model.lanes().nextTicket(),
                        new TurnState.Open(),
                        e.at(),
                        TranscriptFold.started(e, place(model)),
                        null,
                        false);
        OrchestrationReadModel begun =
                model.with(turn)
                        .with(thread.plusTurn(turn.id()))
                        .withLanes(model.lanes().plus(new TurnWork(place, turn.id())));
        return thread.queue().isEmpty() ? begun : QueueFold.started(begun, thread.id(), turn.id());
    }

    /** The place in the log of the fact that is folded now. */
    private static long place(OrchestrationReadModel model) {
        return model.sequence() + 1;
    }

    /** What is said after a turn's end is not its transcript any more. */
    static OrchestrationReadModel said(OrchestrationReadModel model, TurnEvent e) {
        Turn turn = model.turn(e.turnId());
        Live said = turn == null ? null : turn.live();
        return turn == null || said == null
                ? model
                : model.with(turn.with(TranscriptFold.project(said, e)));
    }

    static OrchestrationReadModel completed(OrchestrationReadModel model, TurnCompleted e) {
        Turn turn = model.turn(e.turnId());
        if (turn == null || turn.live() == null) {
            return model;
        }
        OrchestrationReadModel ended =
                ended(model, turn, new TurnState.Completed(e.stopReason(), e.cause(), e.at()));
        TokenUsage usage = e.usage();
        return usage == null ? ended : ThreadFold.usage(ended, turn.threadId(), turn.id(), usage);
    }

    static OrchestrationReadModel failed(OrchestrationReadModel model, TurnFailed e) {
        Turn turn = model.turn(e.turnId());
        return turn == null ? model : ended(model, turn, new TurnState.Failed(e.error(), e.at()));
    }

    /** A turn ends once; its words stay in the log. */
    private static OrchestrationReadModel ended(
            OrchestrationReadModel model, Turn turn, TurnState end) {
        Live said = turn.live();
        return said == null ? model : model.with(turn.ended(end, said.endedAt(place(model))));
    }

    static OrchestrationReadModel interrupted(OrchestrationReadModel model, TurnInterrupted e) {
        Turn turn = model.turn(e.turnId());
        ChatThread thread = turn == null ? null : model.thread(turn.threadId());
        if (turn == null || thread == null || turn.live() == null) {
            return model;
        }
        return switch (e.cause()) {
            case REQUESTED ->
                    model.with(turn.withState(new TurnState.Draining(e.cause(), e.at())))
                            .with(thread.withDraining(thread.draining().append(turn.id())));
            case DELETED ->
                    ended(
                            model,
                            turn,
                            new TurnState.Interrupted(InterruptCause.DELETED, e.at(), e.at()));
        };
    }

    static OrchestrationReadModel drained(OrchestrationReadModel model, TurnDrained e) {
        Turn turn = model.turn(e.turnId());
        ChatThread thread = turn == null ? null : model.thread(turn.threadId());
        return turn != null
                        && thread != null
                        && turn.state() instanceof TurnState.Draining(var cause, var since)
                ? ended(model, turn, new TurnState.Interrupted(cause, since, e.at()))
                        .with(thread.withDraining(thread.draining().remove(turn.id())))
                : model;
    }
}
