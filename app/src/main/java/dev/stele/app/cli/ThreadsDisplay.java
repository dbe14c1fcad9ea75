package dev.stele.app.cli;

import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.model.ChatThread;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the turns of several threads as they happen, each under its thread's name. */
final class ThreadsDisplay {

    private final Console console;
    private final Map<ThreadId, TurnDisplay> turns = new HashMap<>();
    private @Nullable ThreadId speaking;

    ThreadsDisplay(Console console) {
        this.console = console;
    }

    /**
     * Shows a fact, if it is one of a turn.
     *
     * @param thread the thread that it is about; null when that is deleted
     */
    void show(OrchestrationEvent event, @Nullable ChatThread thread) {
        if (thread != null && isShown(event)) {
            name(thread);
            if (event instanceof TurnEvent turn) {
                begin(turn, thread.id());
            }
            TurnDisplay display = turns.get(thread.id());
            if (display != null) {
                display.show(event);
            }
            if (event instanceof TurnEvent turn) {
                end(turn);
            }
        }
    }

    private static boolean isShown(OrchestrationEvent event) {
        return event instanceof TurnEvent
                || event instanceof ApprovalEvent
                || event instanceof CheckpointEvent.CheckpointGitRefAssigned
                || event instanceof CheckpointEvent.CheckpointFailed;
    }

    private void name(ChatThread thread) {
        if (!thread.id().equals(speaking)) {
            speaking = thread.id();
            String title = SafeText.line(thread.title(), 60);
            String agent = SafeText.line(thread.agent(), 40);
            console.note(
                    console.styled(
                            Style.BOLD, "── " + title + " · " + agent + " · " + thread.id()));
        }
    }

    private void begin(TurnEvent event, ThreadId threadId) {
        TurnDisplay known = turns.get(threadId);
        TurnId turnId = event.turnId();
        if (known == null || !known.isOf(turnId)) {
            turns.put(threadId, new TurnDisplay(console, turnId));
        }
        if (event instanceof TurnEvent.TurnStarted started) {
            String prompt = SafeText.line(Phrases.words(started.prompt()), 200);
            console.note(console.styled(Style.BOLD, "> " + prompt));
        }
    }

    private void end(TurnEvent event) {
        switch (event) {
            case TurnEvent.TurnCompleted _ -> end(Style.GREEN, "completed");
            case TurnEvent.TurnFailed e ->
                    end(Style.RED, "failed: " + SafeText.line(e.error().message(), 300));
            case TurnEvent.TurnInterrupted _ -> end(Style.YELLOW, "interrupted");
            case TurnEvent.TurnStarted _,
                    TurnEvent.MessageAppended _,
                    TurnEvent.MessageChunkReceived _,
                    TurnEvent.ToolCallUpdated _,
                    TurnEvent.PlanUpdated _,
                    TurnEvent.RetryReported _,
                    TurnEvent.TurnDrained _ -> {}
        }
    }

    private void end(Style style, String how) {
        console.note(console.styled(style, "= " + how));
    }
}
