package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A thread's turns before a person at the screen: one after the other, while prompts wait. */
final class Conversation {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Stele stele;
    private final Console console;
    private final boolean json;
    private final boolean asks;

    /**
     * A conversation.
     *
     * @param json whether facts are printed for machines
     * @param asks whether the person answers the agent's questions
     */
    Conversation(Stele stele, Console console, boolean json, boolean asks) {
        this.stele = stele;
        this.console = console;
        this.json = json;
        this.asks = asks;
    }

    /**
     * Shows a turn and those that follow it, until nothing starts any more.
     *
     * @param turnId the turn, or a prompt that waits: then also what comes before it
     * @param after the place in the log from which to show
     * @return how the last of them ended
     */
    ExitCode follow(ThreadId threadId, TurnId turnId, long after) throws InterruptedException {
        var session = new TurnSession(stele, console, json, asks, after);
        int first = firstPlace(threadId, turnId);
        int place = first;
        stele.startQueued(threadId);
        ExitCode code = ExitCode.OK;
        TurnId next = turnAt(threadId, place);
        while (next != null) {
            if (place > first) {
                tellPrompt(next);
            }
            code = conclude(session.follow(threadId, next));
            place++;
            next = turnAt(threadId, place);
        }
        tellWhatWaits(threadId);
        return stele.model().turn(turnId) == null ? ExitCode.FAILED : code;
    }

    /** The place in the thread of the first turn to show. */
    private int firstPlace(ThreadId threadId, TurnId turnId) {
        ChatThread thread = Lookup.thread(stele.model(), threadId.value());
        int started = thread.turns().lastIndexOf(turnId);
        return started >= 0 ? started : thread.turns().size() - (thread.openTurn() == null ? 0 : 1);
    }

    /** Waits for the turn at a place of the thread; null when none is to come. */
    private @Nullable TurnId turnAt(ThreadId threadId, int place) throws InterruptedException {
        try (EventSubscription news = stele.subscribe(stele.model().sequence())) {
            while (!news.isClosed()) {
                ChatThread thread = stele.model().thread(threadId);
                if (thread != null && thread.turns().size() > place) {
                    return thread.turns().get(place);
                }
                if (thread == null || thread.queue().next() == null) {
                    return null;
                }
                news.next(PATIENCE);
            }
            return null;
        }
    }

    /** What nobody has just typed is shown. */
    private void tellPrompt(TurnId turnId) {
        for (Message prompt : stele.messages(turnId, 0, 1).messages()) {
            console.note("");
            console.note(
                    console.styled(
                            Style.BOLD,
                            "> " + SafeText.line(Phrases.words(prompt.content()), 200)));
        }
    }

    private void tellWhatWaits(ThreadId threadId) {
        ChatThread thread = stele.model().thread(threadId);
        PromptQueue queue = thread == null ? PromptQueue.EMPTY : thread.queue();
        HoldCause hold = queue.hold();
        if (hold != null) {
            console.note(
                    Phrases.count(queue.waiting().size(), "prompt")
                            + (queue.waiting().size() == 1 ? " waits" : " wait")
                            + ", since "
                            + hold
                            + ". To go on: stele queue send-now");
        }
    }

    private ExitCode conclude(TurnResult result) {
        console.startParagraph();
        ExitCode code =
                switch (result.state()) {
                    case TurnState.Completed done ->
                            Phrases.isCutShort(done) ? ExitCode.FAILED : ExitCode.OK;
                    case TurnState.Open _,
                            TurnState.Draining _,
                            TurnState.Interrupted _,
                            TurnState.Failed _ ->
                            ExitCode.FAILED;
                };
        String state = "= " + Phrases.state(result.state());
        console.note(
                console.styled(code == ExitCode.OK ? Style.GREEN : Style.RED, state)
                        + "  (stele show "
                        + result.threadId()
                        + ")");
        if (hasNotBegun(result)) {
            hint("agents here", "stele agents");
            hint("try again", "stele run --thread " + result.threadId() + " PROMPT");
        } else if (result.before().state() instanceof CheckpointState.Ready) {
            hint(result);
        }
        return code;
    }

    /** An agent that said nothing before it failed did nothing that could be seen or kept. */
    private boolean hasNotBegun(TurnResult result) {
        Turn turn = stele.model().turn(result.turnId());
        return result.state() instanceof TurnState.Failed
                && turn != null
                && turn.transcript().size() <= 1;
    }

    /** From elsewhere a worktree's work is not the newest: there, things are named. */
    private void hint(TurnResult result) {
        Project own = stele.model().project(result.projectId());
        boolean elsewhere = own != null && own.worktree() != null;
        hint("see it", "stele diff" + (elsewhere ? " " + result.turnId() : ""));
        hint("take it back", "stele restore " + result.before().id());
        hint("keep it", "stele commit -m MESSAGE" + (elsewhere ? " " + result.threadId() : ""));
        if (own != null && elsewhere) {
            hint("merge it", "stele worktree merge " + SafeText.line(own.name(), 100));
        }
    }

    private void hint(String wish, String command) {
        console.note(console.styled(Style.DIM, String.format("  %-14s%s", wish, command)));
    }
}
