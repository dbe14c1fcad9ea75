package dev.stele.domain.model;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TurnId;
import io.vavr.collection.Vector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One prompt and everything the agent did until it stopped.
 *
 * @param id its id
 * @param threadId its thread
 * @param parent the turn before it in its conversation; null when it is the first
 * @param ticket its place in the lanes
 * @param state how far it is
 * @param startedAt when it was prompted
 * @param transcript what is said in it: {@link Transcript.Live} exactly while its state is live
 * @param usage what the turn used, as far as told
 * @param rolledBack whether a restore took it out of the thread's conversation
 */
public record Turn(
        TurnId id,
        ThreadId threadId,
        @Nullable TurnId parent,
        long ticket,
        TurnState state,
        Instant startedAt,
        Transcript transcript,
        @Nullable TokenUsage usage,
        boolean rolledBack) {

    /** {@return what was said so far, or null when the turn is over} */
    public Transcript.@Nullable Live live() {
        return transcript instanceof Transcript.Live live ? live : null;
    }

    /** {@return the open approvals, oldest first} */
    public Vector<PendingAction> pending() {
        return transcript instanceof Transcript.Live live ? live.pending() : Vector.empty();
    }

    /**
     * {@return an open approval, or null}
     *
     * @param actionId the action
     */
    public @Nullable PendingAction pendingAction(ActionId actionId) {
        return transcript instanceof Transcript.Live live ? live.pendingAction(actionId) : null;
    }

    /**
     * {@return a tool call as it is known so far, or null when there is none or the turn is over}
     *
     * @param toolCallId the agent's id of it
     */
    public MessageContent.@Nullable ToolCall toolCall(String toolCallId) {
        return transcript instanceof Transcript.Live live ? live.toolCall(toolCallId) : null;
    }

    /**
     * {@return this turn in another state that is live}
     *
     * @param newState how far it is
     */
    public Turn withState(TurnState newState) {
        return new Turn(
                id, threadId, parent, ticket, newState, startedAt, transcript, usage, rolledBack);
    }

    /**
     * {@return this turn, over}
     *
     * @param end how it ended
     * @param past where it stands in the log
     */
    public Turn ended(TurnState end, Transcript.Past past) {
        return new Turn(id, threadId, parent, ticket, end, startedAt, past, usage, rolledBack);
    }

    /**
     * {@return this turn with more said}
     *
     * @param said what is said so far
     */
    public Turn with(Transcript.Live said) {
        return new Turn(id, threadId, parent, ticket, state, startedAt, said, usage, rolledBack);
    }

    /**
     * {@return this turn with other figures of its use}
     *
     * @param newUsage the figures; null for none
     */
    public Turn withUsage(@Nullable TokenUsage newUsage) {
        return new Turn(
                id, threadId, parent, ticket, state, startedAt, transcript, newUsage, rolledBack);
    }

    /**
     * {@return this turn in or out of the thread's conversation}
     *
     * @param newRolledBack whether a restore took it out
     */
    public Turn withRolledBack(boolean newRolledBack) {
        return new Turn(
                id, threadId, parent, ticket, state, startedAt, transcript, usage, newRolledBack);
    }
}
