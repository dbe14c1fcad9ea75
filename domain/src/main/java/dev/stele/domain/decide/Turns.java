package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

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
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Turn;
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
        DeciderError elsewhere =
                Fields.first(
                        Nodes.elsewhere(thread.projectId(), model),
                        Worktrees.notThere(thread.projectId(), model));
        if (elsewhere != null) {
            return Decision.reject(elsewhere);
        }
        TurnId open = thread.openTurn();
        if (open != null) {
            return Decision.reject(new ThreadBusy(thread.id(), open));
        }
        OperationId restore = Restores.underWayIn(thread.projectId(), model);
        return restore != null
                ? Decision.reject(new RestoreInProgress(restore))
                : accept(
                        new TurnStarted(c.turnId(), thread.id(), c.prompt(), c.at()),
                        new ThreadStatusChanged(thread.id(), new ThreadStatus.Running(c.turnId())));
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
        List<OrchestrationEvent> events = TurnEnds.expiries(turn, ExpiryCause.INTERRUPTED, c.at());
        events.add(new TurnInterrupted(turn.id(), InterruptCause.REQUESTED, c.at()));
        events.add(new ThreadStatusChanged(thread.id(), new ThreadStatus.Idle()));
        return new Decision.Accepted(events);
    }

    /** What may stand in a prompt. */
    private static final class Prompts {

        static @Nullable InvalidInput check(List<MessageContent> prompt) {
            if (prompt.stream().allMatch(Prompts::isEmpty)) {
                return new InvalidInput("prompt", "it is empty; say what the agent is to do.");
            }
            return prompt.stream().allMatch(Prompts::isPromptable)
                    ? null
                    : new InvalidInput(
                            "prompt", "it holds something other than text, images and resources.");
        }

        private static boolean isEmpty(MessageContent block) {
            return block instanceof MessageContent.Text(var text) && text.isBlank();
        }

        private static boolean isPromptable(MessageContent block) {
            return switch (block) {
                case MessageContent.Text _,
                        MessageContent.Image _,
                        MessageContent.Resource _,
                        MessageContent.ResourceLink _ ->
                        true;
                case MessageContent.ThinkingBlock _,
                        MessageContent.ToolCall _,
                        MessageContent.ToolResult _ ->
                        false;
            };
        }
    }
}
