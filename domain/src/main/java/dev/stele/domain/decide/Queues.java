package dev.stele.domain.decide;

import static dev.stele.domain.decide.Decision.accept;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.DeciderError.PromptAlreadyStarted;
import dev.stele.domain.command.DeciderError.PromptNotQueued;
import dev.stele.domain.command.DeciderError.QueueFull;
import dev.stele.domain.command.DeciderError.QueueOnHold;
import dev.stele.domain.command.DeciderError.ThreadNotFound;
import dev.stele.domain.command.DeciderError.TurnAlreadyExists;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.EditQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.MoveQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.QueuePrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.RemoveQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.SendQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.StartQueuedPrompt;
import dev.stele.domain.event.Lengths;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.PromptQueued;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueueHeld;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptEdited;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptMoved;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptRemoved;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of what waits to be said: bounded, in order, and each prompt becomes one turn. */
final class Queues {

    private Queues() {}

    static Decision queue(QueuePrompt c, OrchestrationReadModel model) {
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
        DeciderError full = full(thread, null, c.prompt(), model);
        return full != null
                ? Decision.reject(full)
                : accept(new PromptQueued(c.turnId(), thread.id(), c.prompt(), c.at()));
    }

    static Decision edit(EditQueuedPrompt c, OrchestrationReadModel model) {
        InvalidInput invalid = Prompts.check(c.prompt());
        if (invalid != null) {
            return Decision.reject(invalid);
        }
        return switch (find(c, model)) {
            case Missing(var error) -> Decision.reject(error);
            case Found(_, var waiting) when waiting.prompt().equals(c.prompt()) -> accept();
            case Found(var thread, var waiting) -> {
                DeciderError full = full(thread, waiting, c.prompt(), model);
                yield full != null
                        ? Decision.reject(full)
                        : accept(new QueuedPromptEdited(waiting.id(), c.prompt(), c.at()));
            }
        };
    }

    static Decision move(MoveQueuedPrompt c, OrchestrationReadModel model) {
        return switch (find(c, model)) {
            case Missing(var error) -> Decision.reject(error);
            case Found _ when c.position() < 1 ->
                    Decision.reject(new InvalidInput("position", "places count from 1."));
            case Found(var thread, var waiting) -> {
                PromptQueue queue = thread.queue();
                int position = Math.min(c.position(), queue.waiting().size());
                yield queue.waiting().indexOf(waiting.id()) == position - 1
                        ? accept()
                        : accept(new QueuedPromptMoved(waiting.id(), position));
            }
        };
    }

    static Decision remove(RemoveQueuedPrompt c, OrchestrationReadModel model) {
        return switch (find(c, model)) {
            case Missing(var error) -> Decision.reject(error);
            case Found(_, var waiting) -> accept(new QueuedPromptRemoved(waiting.id(), c.at()));
        };
    }

    static Decision send(SendQueuedPrompt c, OrchestrationReadModel model) {
        return switch (find(c, model)) {
            case Missing(var error) -> Decision.reject(error);
            case Found(var thread, var waiting) -> {
                DeciderError obstacle =
                        Fields.first(
                                Nodes.elsewhere(thread.projectId(), model),
                                Turns.restoreIn(thread, model));
                yield obstacle != null
                        ? Decision.reject(obstacle)
                        : new Decision.Accepted(sent(thread, waiting, model, c.at()));
            }
        };
    }

    private static List<OrchestrationEvent> sent(
            ChatThread thread, QueuedPrompt waiting, OrchestrationReadModel model, Instant at) {
        List<OrchestrationEvent> events = new ArrayList<>();
        TurnId open = thread.openTurn();
        Turn turn = open == null ? null : model.turn(open);
        if (turn != null) {
            events.addAll(Turns.interrupted(turn, at));
        }
        events.addAll(Turns.started(thread, waiting.id(), waiting.prompt(), at));
        return events;
    }

    static Decision start(StartQueuedPrompt c, OrchestrationReadModel model) {
        return switch (find(c, model)) {
            case Missing(var error) -> Decision.reject(error);
            case Found(var thread, var waiting) -> {
                DeciderError obstacle =
                        Fields.first(turnOf(waiting, thread), Turns.obstacle(thread, model));
                yield obstacle != null
                        ? Decision.reject(obstacle)
                        : new Decision.Accepted(
                                Turns.started(thread, waiting.id(), waiting.prompt(), c.at()));
            }
        };
    }

    /** Why it is not this prompt's turn to start by itself, or null. */
    private static @Nullable DeciderError turnOf(QueuedPrompt waiting, ChatThread thread) {
        HoldCause hold = thread.queue().hold();
        if (hold != null) {
            return new QueueOnHold(thread.id(), hold);
        }
        return waiting.id().equals(thread.queue().next())
                ? null
                : new InvalidInput("turnId", "another prompt is before it in the queue.");
    }

    /** What is to be said when a turn ends otherwise than in order: nothing starts by itself. */
    static List<OrchestrationEvent> held(ChatThread thread, HoldCause cause, Instant at) {
        return thread.queue().next() == null
                ? List.of()
                : List.of(new QueueHeld(thread.id(), cause, at));
    }

    /** Why the queue does not take a prompt, in the place of another one or none; or null. */
    private static @Nullable QueueFull full(
            ChatThread thread,
            @Nullable QueuedPrompt replaced,
            List<MessageContent> prompt,
            OrchestrationReadModel model) {
        int prompts = thread.queue().waiting().size();
        long characters = 0;
        for (TurnId id : thread.queue().waiting()) {
            QueuedPrompt waiting = model.queuedPrompt(id);
            characters += waiting == null ? 0 : length(waiting.prompt());
        }
        long rest = replaced == null ? characters : characters - length(replaced.prompt());
        return (replaced == null && prompts >= PromptQueue.MOST_PROMPTS)
                        || rest + length(prompt) > PromptQueue.MOST_CHARACTERS
                ? new QueueFull(thread.id(), prompts, characters)
                : null;
    }

    private static long length(List<MessageContent> prompt) {
        return prompt.stream().mapToLong(Lengths::of).sum();
    }

    private static Lookup find(QueueCommand c, OrchestrationReadModel model) {
        ChatThread thread = model.thread(c.threadId());
        if (thread == null) {
            return new Missing(new ThreadNotFound(c.threadId()));
        }
        QueuedPrompt waiting = model.queuedPrompt(c.turnId());
        if (waiting != null && waiting.threadId().equals(thread.id())) {
            return new Found(thread, waiting);
        }
        Turn turn = model.turn(c.turnId());
        return new Missing(
                turn != null && turn.threadId().equals(thread.id())
                        ? new PromptAlreadyStarted(turn.id())
                        : new PromptNotQueued(thread.id(), c.turnId()));
    }

    private sealed interface Lookup {}

    private record Found(ChatThread thread, QueuedPrompt waiting) implements Lookup {}

    private record Missing(DeciderError error) implements Lookup {}
}
