package dev.stele.app.cli;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.OrchestrationEvent.WorktreeEvent;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ExpiryCause;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shows one turn as it happens. The agent's words go to standard output, the rest beside it. */
final class TurnDisplay {

    private final Console console;
    private final TurnId turnId;
    private final Map<String, String> running = new ConcurrentHashMap<>();
    private Prose prose;
    private volatile boolean thinking;

    TurnDisplay(Console console, TurnId turnId) {
        this.console = console;
        this.turnId = turnId;
        this.prose = console.prose();
    }

    /** Whether it shows that turn. */
    boolean isOf(TurnId id) {
        return turnId.equals(id);
    }

    /** What the agent is at, in a few words. */
    String doing() {
        return running.values().stream()
                .findFirst()
                .orElse(thinking ? "the agent thinks" : "the agent works");
    }

    void show(OrchestrationEvent event) {
        switch (event) {
            case TurnEvent e when e.turnId().equals(turnId) -> turn(e);
            case ApprovalEvent e when e.turnId().equals(turnId) -> approval(e);
            case CheckpointEvent e -> checkpoint(e);
            case TurnEvent _,
                    ApprovalEvent _,
                    ThreadEvent _,
                    QueueEvent _,
                    ProjectEvent _,
                    OperationEvent _,
                    WorktreeEvent _,
                    LogEvent _ -> {}
        }
    }

    private void turn(TurnEvent event) {
        switch (event) {
            case MessageAppended e -> message(e.content());
            case MessageChunkReceived e -> words(e.text());
            case PlanUpdated e -> e.entries().forEach(step -> aside("  " + Phrases.planStep(step)));
            case RetryReported e -> aside("tries again: " + SafeText.line(e.message(), 100));
            case TurnCompleted _, TurnFailed _, TurnInterrupted _, TurnDrained _ -> endWords();
            case TurnStarted _, ToolCallUpdated _ -> {}
        }
    }

    private void message(MessageContent content) {
        endWords();
        thinking = content instanceof MessageContent.ThinkingBlock;
        switch (content) {
            case MessageContent.Text(var text) -> {
                console.startParagraph();
                words(text);
            }
            case MessageContent.ThinkingBlock(var text) -> {
                console.startParagraph();
                words(text);
            }
            case MessageContent.ToolCall call -> {
                running.put(call.id(), Phrases.toolCall(call));
                console.note(console.styled(Style.CYAN, "● " + Phrases.toolCall(call)));
            }
            case MessageContent.ToolResult result -> {
                running.remove(result.toolCallId());
                Phrases.toolResult(result, console).forEach(console::note);
            }
            case MessageContent.Image _, MessageContent.Resource _, MessageContent.ResourceLink _ ->
                    aside("(something that a terminal cannot show)");
        }
    }

    private void words(String text) {
        print(prose.piece(SafeText.of(text)));
    }

    /** Words are over where anything else is said. */
    private void endWords() {
        print(prose.end());
        prose = console.prose();
    }

    private void print(String words) {
        if (thinking && !words.isEmpty()) {
            console.noteInPieces(console.styled(Style.DIM, words));
        } else {
            console.piece(words);
        }
    }

    private void approval(ApprovalEvent event) {
        endWords();
        switch (event) {
            case ActionApproved e -> aside("approved by " + actor(e.by()));
            case ActionRejected e -> aside("rejected by " + actor(e.by()));
            case ApprovalExpired e -> aside("the question is off: " + why(e.cause()));
            case ApprovalRequested e ->
                    console.note(
                            console.styled(Style.YELLOW, "? " + SafeText.line(e.title(), 200)));
        }
    }

    private void checkpoint(CheckpointEvent event) {
        switch (event) {
            case CheckpointGitRefAssigned e when isMine(e.checkpointId()) ->
                    aside("◆ checkpoint " + e.checkpointId() + "  " + Phrases.stats(e.stats()));
            case CheckpointFailed e when isMine(e.checkpointId()) ->
                    console.note(
                            console.styled(Style.YELLOW, "◇ no checkpoint " + e.checkpointId())
                                    + ": "
                                    + SafeText.line(e.why(), 1_000));
            case CheckpointsThinned e ->
                    aside(
                            "◇ "
                                    + Phrases.count(e.checkpoints().size(), "old checkpoint")
                                    + " thinned out; 'stele checkpoints policy' tells which are kept");
            case CheckpointGitRefAssigned _,
                    CheckpointFailed _,
                    CheckpointCreated _,
                    CheckpointRestoreRequested _,
                    CheckpointRestored _,
                    CheckpointRestoreFailed _ -> {}
        }
    }

    private boolean isMine(CheckpointId id) {
        return id.equals(CheckpointId.before(turnId)) || id.equals(CheckpointId.after(turnId));
    }

    private void aside(String text) {
        endWords();
        console.note(console.styled(Style.DIM, text));
    }

    private static String actor(Actor by) {
        return switch (by.kind()) {
            case PERSON -> SafeText.line(by.name(), 60);
            case POLICY -> "the policy " + SafeText.line(by.name(), 60);
        };
    }

    private static String why(ExpiryCause cause) {
        return switch (cause) {
            case INTERRUPTED -> "the turn was interrupted";
            case TURN_ENDED -> "the turn ended";
            case AGENT_GONE -> "the agent is gone";
            case WITHDRAWN -> "the agent took it back";
            case DELETED -> "the thread was deleted";
        };
    }
}
