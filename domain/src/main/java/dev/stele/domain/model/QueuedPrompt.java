package dev.stele.domain.model;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import java.time.Instant;
import java.util.List;

/**
 * A prompt that waits until its thread has time for it.
 *
 * @param id the id that its turn will have
 * @param threadId the thread
 * @param prompt what will be said: texts, images, resources
 * @param queuedAt when it was queued
 */
public record QueuedPrompt(
        TurnId id, ThreadId threadId, List<MessageContent> prompt, Instant queuedAt) {
    /** Makes the list immutable. */
    public QueuedPrompt {
        prompt = List.copyOf(prompt);
    }

    /**
     * {@return the same place in the queue with something else to say}
     *
     * @param newPrompt what will be said
     */
    public QueuedPrompt withPrompt(List<MessageContent> newPrompt) {
        return new QueuedPrompt(id, threadId, newPrompt, queuedAt);
    }
}
