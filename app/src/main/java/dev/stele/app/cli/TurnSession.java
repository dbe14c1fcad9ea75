package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointFailed;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointGitRefAssigned;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One turn with a person before the screen: shown as it happens, asked about, interruptible. */
final class TurnSession {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration FAREWELL = Duration.ofSeconds(20);
    private static final DispatchResult NO_ANSWER =
            new DispatchResult.Unavailable(
                    "The server has not answered: whether the turn ends, the log will tell ('stele"
                            + " show').");

    private final Stele stele;
    private final Console console;
    private final boolean json;
    private final boolean asks;
    private long shown;

    /**
     * A session.
     *
     * @param json whether facts are printed for machines
     * @param asks whether the person answers the agent's questions
     * @param shown the place in the log behind which to begin
     */
    TurnSession(Stele stele, Console console, boolean json, boolean asks, long shown) {
        this.stele = stele;
        this.console = console;
        this.json = json;
        this.asks = asks;
        this.shown = shown;
    }

    /**
     * Follows a turn to its end and to the checkpoint after it. While it does, the end of the
     * process (Ctrl-C, a closed terminal) first ends the turn in order.
     */
    TurnResult follow(ThreadId threadId, TurnId turnId) throws InterruptedException {
        try (var _ = new Farewell(() -> interrupt(threadId));
                EventSubscription facts = stele.subscribe(shown);
                var questions = new ApprovalPrompt(stele, console, threadId)) {
            var display = new TurnDisplay(console, turnId);
            try (var _ = new Spinner(console, display::doing)) {
                goThrough(facts, turnId, display, questions);
            }
            return stele.await(threadId, turnId);
        }
    }

    private void goThrough(
            EventSubscription facts, TurnId turnId, TurnDisplay display, ApprovalPrompt questions)
            throws InterruptedException {
        while (!facts.isClosed()) {
            if (goThrough(facts.next(PATIENCE), turnId, display, questions)
                    || (isSettled(turnId) && shown == stele.model().sequence())) {
                return;
            }
        }
    }

    /** Whether the turn's last fact was among these; what comes after it is left for the next. */
    private boolean goThrough(
            List<StoredEvent> facts, TurnId turnId, TurnDisplay display, ApprovalPrompt questions) {
        for (StoredEvent fact : facts) {
            show(fact, display);
            ask(fact, turnId, questions);
            shown = fact.sequence();
            if (isLast(fact.event(), CheckpointId.after(turnId))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLast(OrchestrationEvent event, CheckpointId after) {
        return switch (event) {
            case CheckpointGitRefAssigned e -> e.checkpointId().equals(after);
            case CheckpointFailed e -> e.checkpointId().equals(after);
            case OrchestrationEvent _ -> false;
        };
    }

    /** A turn goes on when nobody gets its words any more: they are in the log. */
    private void show(StoredEvent fact, TurnDisplay display) {
        try {
            if (json) {
                console.bytes(stele.codec().encode(fact));
            } else {
                display.show(fact.event());
            }
        } catch (OutputGone gone) {
            console.dropResults();
            console.note(gone.getMessage() + " The turn goes on; the log keeps what is said.");
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
        console.note("interrupting the turn … Ctrl-C again leaves at once");
        if (stele.dispatch(new InterruptTurn(threadId, Instant.now()))
                        .completeOnTimeout(NO_ANSWER, FAREWELL.toSeconds(), TimeUnit.SECONDS)
                        .join()
                instanceof DispatchResult.Unavailable(var why)) {
            console.note(why);
        } else {
            drain();
        }
        stele.close();
    }

    private void drain() {
        try {
            stele.drain(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
