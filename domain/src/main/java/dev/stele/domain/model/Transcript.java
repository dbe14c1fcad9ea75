package dev.stele.domain.model;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PlanEntry;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.TreeSet;
import io.vavr.collection.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said in a turn: all of it while the turn is live, and afterwards only where it stands in
 * the log, so that the model does not grow with what was ever said.
 */
public sealed interface Transcript {

    /** {@return the place in the log of the turn's first fact, its prompt} */
    long first();

    /** {@return how many messages there are, from 1; the prompt is the first} */
    int size();

    /**
     * The transcript of a turn that is open or draining.
     *
     * @param first the place in the log of the turn's first fact, its prompt
     * @param messages the messages; a message's ordinal is its index
     * @param toolCalls the ordinal of each known tool call's message by the call's id
     * @param openCalls the ordinals of the calls that have no result yet
     * @param pending the open approvals, oldest first
     * @param askedActions every action id that this turn ever asked about
     * @param rejectedCalls the ids of the calls whose approval was rejected
     * @param plan the agent's plan as it stands
     */
    record Live(
            long first,
            Vector<Message> messages,
            HashMap<String, Integer> toolCalls,
            TreeSet<Integer> openCalls,
            Vector<PendingAction> pending,
            HashSet<ActionId> askedActions,
            HashSet<String> rejectedCalls,
            List<PlanEntry> plan)
            implements Transcript {

        /**
         * {@return the transcript of a turn that has just been prompted}
         *
         * @param first the place of that fact in the log
         * @param prompt the first message
         */
        public static Live of(long first, Message prompt) {
            return new Live(
                    first,
                    Vector.of(prompt),
                    HashMap.empty(),
                    TreeSet.empty(),
                    Vector.empty(),
                    HashSet.empty(),
                    HashSet.empty(),
                    List.of());
        }

        @Override
        public int size() {
            return messages.size();
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
         * {@return this transcript with other messages}
         *
         * @param newMessages the messages
         */
        public Live withMessages(Vector<Message> newMessages) {
            return new Live(
                    first,
                    newMessages,
                    toolCalls,
                    openCalls,
                    pending,
                    askedActions,
                    rejectedCalls,
                    plan);
        }

        /**
         * {@return this transcript with another view of its tool calls}
         *
         * @param newOpenCalls the ordinals of those without a result
         * @param newToolCalls the ordinal of each known call
         */
        public Live withCalls(
                HashMap<String, Integer> newToolCalls, TreeSet<Integer> newOpenCalls) {
            return new Live(
                    first,
                    messages,
                    newToolCalls,
                    newOpenCalls,
                    pending,
                    askedActions,
                    rejectedCalls,
                    plan);
        }

        /**
         * {@return this transcript with other open approvals}
         *
         * @param newAskedActions all that were ever asked about
         * @param newPending the open approvals
         */
        public Live withPending(
                Vector<PendingAction> newPending, HashSet<ActionId> newAskedActions) {
            return new Live(
                    first,
                    messages,
                    toolCalls,
                    openCalls,
                    newPending,
                    newAskedActions,
                    rejectedCalls,
                    plan);
        }

        /**
         * {@return this transcript with one more call whose approval was rejected}
         *
         * @param toolCallId the call's id
         */
        public Live withRejectedCall(String toolCallId) {
            return new Live(
                    first,
                    messages,
                    toolCalls,
                    openCalls,
                    pending,
                    askedActions,
                    rejectedCalls.add(toolCallId),
                    plan);
        }

        /**
         * {@return this transcript with another plan}
         *
         * @param newPlan the plan
         */
        public Live withPlan(List<PlanEntry> newPlan) {
            return new Live(
                    first,
                    messages,
                    toolCalls,
                    openCalls,
                    pending,
                    askedActions,
                    rejectedCalls,
                    newPlan);
        }

        /**
         * {@return what is left of this transcript when its turn is over}
         *
         * @param last the place in the log of the turn's end
         */
        public Past endedAt(long last) {
            return new Past(first, last, messages.size());
        }
    }

    /**
     * The transcript of a turn that is over. What was said is read from the log.
     *
     * @param first the place in the log of the turn's first fact, its prompt
     * @param last the place in the log of the turn's end; between the two there may be facts about
     *     anything else
     * @param size how many messages there are, from 1
     */
    record Past(long first, long last, int size) implements Transcript {}
}
