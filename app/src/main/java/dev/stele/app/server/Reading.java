package dev.stele.app.server;

import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.PromptQueued;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptEdited;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptMoved;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.QueuedPromptRemoved;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who reads facts in their order, and so knows also of prompts and turns that are gone by
 * now which thread they were in. For one thread.
 */
final class Reading {
    private static final int MOST = 10_000;

    private final Map<TurnId, ThreadId> turns =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TurnId, ThreadId> eldest) {
                    return size() > MOST;
                }
            };

    /** The thread of the next fact; null when it is about none, or it is not known. */
    @Nullable ThreadId thread(OrchestrationEvent event, OrchestrationReadModel model) {
        switch (event) {
            case PromptQueued e -> turns.put(e.turnId(), e.threadId());
            case TurnStarted e -> turns.put(e.turnId(), e.threadId());
            case OrchestrationEvent _ -> {}
        }
        ThreadId known = Topics.of(event, model);
        TurnId turn = known == null ? turn(event) : null;
        return turn == null ? known : turns.get(turn);
    }

    private static @Nullable TurnId turn(OrchestrationEvent event) {
        return switch (event) {
            case TurnEvent e -> e.turnId();
            case ApprovalEvent e -> e.turnId();
            case OrchestrationEvent e -> prompt(e);
        };
    }

    private static @Nullable TurnId prompt(OrchestrationEvent event) {
        return switch (event) {
            case QueuedPromptEdited e -> e.turnId();
            case QueuedPromptMoved e -> e.turnId();
            case QueuedPromptRemoved e -> e.turnId();
            case OrchestrationEvent _ -> null;
        };
    }

    /**
     * Whether who follows a thread is told of the next fact. One about a prompt that nobody knows
     * any more is told to all: they have not heard of it, or have to forget it.
     */
    boolean concerns(
            @Nullable ThreadId thread, OrchestrationEvent event, OrchestrationReadModel model) {
        ThreadId about = thread(event, model);
        return thread == null || (about == null ? prompt(event) != null : about.equals(thread));
    }
}
