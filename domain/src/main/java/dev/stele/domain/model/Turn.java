package dev.stele.domain.model;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TurnId;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.TreeSet;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.util.List;
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
 * @param messages the transcript; a message's ordinal is its index
 * @param toolCalls the ordinal of each known tool call's message by the call's id
 * @param openCalls the ordinals of the calls that have no result yet
 * @param pending the open approvals, oldest first
 * @param askedActions every action id that this turn ever asked about
 * @param rejectedCalls the ids of the calls whose approval was rejected
 * @param plan the agent's plan as it stands
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
        Vector<Message> messages,
        HashMap<String, Integer> toolCalls,
        TreeSet<Integer> openCalls,
        Vector<PendingAction> pending,
        HashSet<ActionId> askedActions,
        HashSet<String> rejectedCalls,
        List<PlanEntry> plan,
        @Nullable TokenUsage usage,
        boolean rolledBack) {

    /**
     * {@return a turn that has just been prompted}
     *
     * @param id its id
     * @param threadId its thread
     * @param parent the turn before it in its conversation; null when it is the first
     * @param ticket its place in the lanes
     * @param prompt its first message
     */
    public static Turn started(
            TurnId id, ThreadId threadId, @Nullable TurnId parent, long ticket, Message prompt) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                new TurnState.Open(),
                prompt.at(),
                Vector.of(prompt),
                HashMap.empty(),
                TreeSet.empty(),
                Vector.empty(),
                HashSet.empty(),
                HashSet.empty(),
                List.of(),
                null,
                false);
    }

    /**
     * {@return the message at a place, or null}
     *
     * @param ordinal the place
     */
    public @Nullable Message message(int ordinal) {
        return ordinal >= 0 && ordinal < messages.size() ? messages.get(ordinal) : null;
    }

    /** {@return the newest message; there is always the prompt} */
    public Message lastMessage() {
        return messages.last();
    }

    /**
     * {@return a tool call as it is known so far, or null}
     *
     * @param toolCallId the agent's id of it
     */
    public MessageContent.@Nullable ToolCall toolCall(String toolCallId) {
        int ordinal = toolCalls.getOrElse(toolCallId, -1);
        Message message = message(ordinal);
        return message != null
                        && message.body()
                                instanceof Message.Body.Whole(MessageContent.ToolCall call)
                ? call
                : null;
    }

    /**
     * {@return whether a tool call is known and has no result yet}
     *
     * @param toolCallId the agent's id of it
     */
    public boolean isOpenCall(String toolCallId) {
        return openCalls.contains(toolCalls.getOrElse(toolCallId, -1));
    }

    /**
     * {@return an open approval, or null}
     *
     * @param actionId the action
     */
    public @Nullable PendingAction pendingAction(ActionId actionId) {
        return pending.find(action -> action.id().equals(actionId)).getOrNull();
    }

    /**
     * {@return this turn in another state}
     *
     * @param newState how far it is
     */
    public Turn withState(TurnState newState) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                newState,
                startedAt,
                messages,
                toolCalls,
                openCalls,
                pending,
                askedActions,
                rejectedCalls,
                plan,
                usage,
                rolledBack);
    }

    /**
     * {@return this turn with another transcript}
     *
     * @param newMessages the transcript
     */
    public Turn withMessages(Vector<Message> newMessages) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                state,
                startedAt,
                newMessages,
                toolCalls,
                openCalls,
                pending,
                askedActions,
                rejectedCalls,
                plan,
                usage,
                rolledBack);
    }

    /**
     * {@return this turn with another view of its tool calls}
     *
     * @param newOpenCalls the ordinals of those without a result
     * @param newToolCalls the ordinal of each known call
     */
    public Turn withCalls(HashMap<String, Integer> newToolCalls, TreeSet<Integer> newOpenCalls) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                state,
                startedAt,
                messages,
                newToolCalls,
                newOpenCalls,
                pending,
                askedActions,
                rejectedCalls,
                plan,
                usage,
                rolledBack);
    }

    /**
     * {@return this turn with other open approvals}
     *
     * @param newAskedActions all that were ever asked about
     * @param newPending the open approvals
     */
    public Turn withPending(Vector<PendingAction> newPending, HashSet<ActionId> newAskedActions) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                state,
                startedAt,
                messages,
                toolCalls,
                openCalls,
                newPending,
                newAskedActions,
                rejectedCalls,
                plan,
                usage,
                rolledBack);
    }

    /**
     * {@return this turn with one more call whose approval was rejected}
     *
     * @param toolCallId the call's id
     */
    public Turn withRejectedCall(String toolCallId) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                state,
                startedAt,
                messages,
                toolCalls,
                openCalls,
                pending,
                askedActions,
                rejectedCalls.add(toolCallId),
                plan,
                usage,
                rolledBack);
    }

    /**
     * {@return this turn with another plan}
     *
     * @param newPlan the plan
     */
    public Turn withPlan(List<PlanEntry> newPlan) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                state,
                startedAt,
                messages,
                toolCalls,
                openCalls,
                pending,
                askedActions,
                rejectedCalls,
                newPlan,
                usage,
                rolledBack);
    }

    /**
     * {@return this turn with other figures of its use}
     *
     * @param newUsage the figures; null for none
     */
    public Turn withUsage(@Nullable TokenUsage newUsage) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                state,
                startedAt,
                messages,
                toolCalls,
                openCalls,
                pending,
                askedActions,
                rejectedCalls,
                plan,
                newUsage,
                rolledBack);
    }

    /**
     * {@return this turn in or out of the thread's conversation}
     *
     * @param newRolledBack whether a restore took it out
     */
    public Turn withRolledBack(boolean newRolledBack) {
        return new Turn(
                id,
                threadId,
                parent,
                ticket,
                state,
                startedAt,
                messages,
                toolCalls,
                openCalls,
                pending,
                askedActions,
                rejectedCalls,
                plan,
                usage,
                newRolledBack);
    }
}
