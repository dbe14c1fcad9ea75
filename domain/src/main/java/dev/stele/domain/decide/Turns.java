package dev.stele.domain.decide;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.NoRunningTurn;
import dev.stele.domain.command.DeciderError.RestoreInProgress;
import dev.stele.domain.command.DeciderError.ThreadBusy;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.DeciderError.TurnAlreadyExists;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnInterrupted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Turn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a turn: one open turn a thread, and only an open one can be interrupted. */
final class Turns {

    private Turns() {}

    static Decision start(StartTurn c, OrchestrationReadModel model) {
        InvalidInput invalid = Prompts.check(c.prompt());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        ChatThread thread = model.thread(c.threadId());
        if (thread == null) {
            return Decision.reject(new ThreadNotFound(c.threadId()));
        }
        if (UsedIds.contains(c.turnId(), model)) {
            return Decision.reject(new TurnAlreadyExists(c.turnId()));
        }
        DeciderError obstacle = obstacle(thread, model);
        return obstacle != null
                ? Decision.reject(obstacle)
                : new Decision.Accepted(started(thread, c.turnId(), c.prompt(), c.at()));
    }

    /** Why no turn can start in a thread now, or null. */
    static @Nullable DeciderError obstacle(ChatThread thread, OrchestrationReadModel model) {
        TurnId open = thread.openTurn();
        return Fields.first(
                Nodes.elsewhere(thread.projectId(), model),
                open == null ? null : new ThreadBusy(thread.id(), open),
                restoreIn(thread, model));
    }

    /** Why no turn can start in a thread now, whatever it does, or null. */
    static @Nullable DeciderError restoreIn(ChatThread thread, OrchestrationReadModel model) {
        OperationId restore = Restores.underWayIn(thread.projectId(), model);
        return restore == null ? null : new RestoreInProgress(restore);
    }

    /** A turn begins in a thread that is idle by then. */
    static List<OrchestrationEvent> started(
            ChatThread thread, TurnId turnId, List<MessageContent> prompt, Instant at) {
        return List.of(
                new TurnStarted(turnId, thread.id(), prompt, at),
                new ThreadStatusChanged(thread.id(), new ThreadStatus.Running(turnId)));
    }

    static Decision interrupt(InterruptTurn c, OrchestrationReadModel model) {
        ChatThread thread = model.thread(c.threadId());
        if (thread == null) {
            return Decision.reject(new ThreadNotFound(c.threadId()));
        }
        TurnId open = thread.openTurn();
        Turn turn = open == null ? null : model.turn(open);
        if (turn == null) {
            return Decision.reject(new NoRunningTurn(thread.id()));
        }
        List<OrchestrationEvent> events = interrupted(turn, c.at());
        events.addAll(Queues.held(thread, HoldCause.TURN_INTERRUPTED, c.at()));
        return new Decision.Accepted(events);
    }

    /** The open turn is stopped, and drains. */
    static List<OrchestrationEvent> interrupted(Turn turn, Instant at) {
        List<OrchestrationEvent> events = TurnEnds.expiries(turn, ExpiryCause.INTERRUPTED, at);
        events.add(new TurnInterrupted(turn.id(), InterruptCause.REQUESTED, at));
        events.add(new ThreadStatusChanged(turn.threadId(), new ThreadStatus.Idle()));
        return events;
    }
}
