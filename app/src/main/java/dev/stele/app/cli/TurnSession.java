package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.time.Instant;

/** One turn with a person before the screen: shown as it happens, asked about, interruptible. */
final class TurnSession {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration FAREWELL = Duration.ofSeconds(20);

    private final Stele stele;
    private final Console console;
    private final boolean json;
    private final boolean asks;

    /**
     * A session.
     *
     * @param json whether facts are printed for machines
     * @param asks whether the person answers the agent's questions
     */
    TurnSession(Stele stele, Console console, boolean json, boolean asks) {
        this.stele = stele;
        this.console = console;
        this.json = json;
        this.asks = asks;
    }

    /**
     * Follows a turn to its end and to the checkpoint after it. While it does, the end of the
     * process (Ctrl-C, a closed terminal) first ends the turn in order.
     *
     * @param after the place in the log from which to show
     */
    TurnResult follow(ThreadId threadId, TurnId turnId, long after) throws InterruptedException {
        try (var _ = new Farewell(() -> interrupt(threadId));
                EventSubscription facts = stele.subscribe(after);
                var questions = new ApprovalPrompt(stele, console, threadId)) {
            var display = new TurnDisplay(console, turnId);
            while (!facts.isClosed()) {
                for (StoredEvent fact : facts.next(PATIENCE)) {
                    show(fact, display);
                    ask(fact, turnId, questions);
                }
                if (isSettled(turnId) && facts.position() == stele.model().sequence()) {
                    break;
                }
            }
            return stele.await(threadId, turnId);
        }
    }

    private void show(StoredEvent fact, TurnDisplay display) {
        if (json) {
            console.bytes(stele.codec().encode(fact));
        } else {
            display.show(fact.event());
        }
    }

    private void ask(StoredEvent fact, TurnId turnId, ApprovalPrompt questions) {
        if (asks
                && fact.event() instanceof ApprovalRequested asked
                && asked.turnId().equals(turnId)) {
            Turn turn = stele.model().turn(turnId);
            PendingAction action = turn == null ? null : turn.pendingAction(asked.actionId());
            if (turn != null && action != null) {
                questions.askSoon(turn, action);
            }
        }
    }

    private boolean isSettled(TurnId turnId) {
        Turn turn = stele.model().turn(turnId);
        Checkpoint after = stele.model().checkpoint(CheckpointId.after(turnId));
        return turn == null || (!turn.state().isLive() && after != null && !after.isPending());
    }

    /** The last words of a process that is told to end: the turn ends in the log, and in order. */
    private void interrupt(ThreadId threadId) {
        console.note("interrupting the turn …");
        stele.dispatch(new InterruptTurn(threadId, Instant.now())).join();
        try {
            stele.drain(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stele.close();
    }
}
