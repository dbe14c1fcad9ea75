package dev.stele.domain.model;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a project's whole working tree.
 *
 * @param id its id
 * @param threadId its thread
 * @param turnId its turn, if any
 * @param place its place in the transcript: the last turn of the conversation that it follows; null
 *     when it is before the first
 * @param ticket its place in the lanes
 * @param description a line for people
 * @param createdAt when it was asked for
 * @param state how far it is
 */
public record Checkpoint(
        CheckpointId id,
        ThreadId threadId,
        @Nullable TurnId turnId,
        @Nullable TurnId place,
        long ticket,
        String description,
        Instant createdAt,
        CheckpointState state) {

    /** {@return whether it is neither ready nor failed} */
    public boolean isPending() {
        return state instanceof CheckpointState.Pending;
    }

    /**
     * {@return this checkpoint in another state}
     *
     * @param newState how far it is
     */
    public Checkpoint withState(CheckpointState newState) {
        return new Checkpoint(
                id, threadId, turnId, place, ticket, description, createdAt, newState);
    }
}
