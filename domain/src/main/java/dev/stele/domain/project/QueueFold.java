package dev.stele.domain.project;

import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.PromptQueued;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueueHeld;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptEdited;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptMoved;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptRemoved;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.RetiredIds;
import java.util.function.UnaryOperator;

/** What facts about waiting prompts change. */
final class QueueFold {

    private QueueFold() {}

    static OrchestrationReadModel project(OrchestrationReadModel model, QueueEvent event) {
        return switch (event) {
            case PromptQueued e -> queued(model, e);
            case QueuedPromptEdited e -> edited(model, e);
            case QueuedPromptMoved e -> moved(model, e);
            case QueuedPromptRemoved e -> removed(model, e);
            case QueueHeld e -> changed(model, e.threadId(), queue -> queue.withHold(e.cause()));
        };
    }

    private static OrchestrationReadModel queued(OrchestrationReadModel model, PromptQueued e) {
        if (model.thread(e.threadId()) == null
                || model.queuedPrompt(e.turnId()) != null
                || model.turn(e.turnId()) != null) {
            return model;
        }
        var prompt = new QueuedPrompt(e.turnId(), e.threadId(), e.prompt(), e.at());
        return changed(
                model.withQueued(model.queued().put(e.turnId(), prompt)),
                e.threadId(),
                queue -> queue.plus(e.turnId()));
    }

    private static OrchestrationReadModel edited(
            OrchestrationReadModel model, QueuedPromptEdited e) {
        QueuedPrompt prompt = model.queuedPrompt(e.turnId());
        return prompt == null
                ? model
                : model.withQueued(model.queued().put(prompt.id(), prompt.withPrompt(e.prompt())));
    }

    private static OrchestrationReadModel moved(OrchestrationReadModel model, QueuedPromptMoved e) {
        QueuedPrompt prompt = model.queuedPrompt(e.turnId());
        return prompt == null
                ? model
                : changed(
                        model, prompt.threadId(), queue -> queue.moved(prompt.id(), e.position()));
    }

    /** Its id is not used again: somebody may still wait for a turn of that name. */
    private static OrchestrationReadModel removed(
            OrchestrationReadModel model, QueuedPromptRemoved e) {
        if (model.queuedPrompt(e.turnId()) == null) {
            return model;
        }
        RetiredIds retired = model.retired();
        return without(model, e.turnId())
                .withRetired(
                        new RetiredIds(
                                retired.projects(),
                                retired.threads(),
                                retired.turns().add(e.turnId()),
                                retired.checkpoints(),
                                retired.operations()));
    }

    /** The model after the start of a turn in a thread: nothing holds the queue any more. */
    static OrchestrationReadModel started(
            OrchestrationReadModel model, ThreadId threadId, TurnId turnId) {
        return changed(without(model, turnId), threadId, queue -> queue.withHold(null));
    }

    private static OrchestrationReadModel without(OrchestrationReadModel model, TurnId id) {
        QueuedPrompt prompt = model.queuedPrompt(id);
        return prompt == null
                ? model
                : changed(
                        model.withQueued(model.queued().remove(id)),
                        prompt.threadId(),
                        queue -> queue.minus(id));
    }

    private static OrchestrationReadModel changed(
            OrchestrationReadModel model, ThreadId threadId, UnaryOperator<PromptQueue> change) {
        ChatThread thread = model.thread(threadId);
        if (thread == null) {
            return model;
        }
        PromptQueue queue = change.apply(thread.queue());
        return queue.equals(thread.queue()) ? model : model.with(thread.withQueue(queue));
    }
}
