package dev.stele.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent reports, the same for every agent and protocol. The list is closed; names and
 * fields are a file format. The first seven are the core of every turn.
 */
public sealed interface ProviderEvent {

    /**
     * A piece of the agent's words.
     *
     * @param text the piece
     * @param messageId the agent's id of the message it belongs to, if it gives one: another id is
     *     another message
     */
    record TextDelta(String text, @Nullable String messageId) implements ProviderEvent {
        /** Makes texts well-formed. */
        public TextDelta {
            text = Characters.wellFormed(text);
            messageId = Characters.wellFormedOrNull(messageId);
        }
    }

    /**
     * A piece of the agent's reasoning.
     *
     * @param text the piece
     * @param messageId the agent's id of the message it belongs to, if it gives one
     */
    record ThinkingDelta(String text, @Nullable String messageId) implements ProviderEvent {
        /** Makes texts well-formed. */
        public ThinkingDelta {
            text = Characters.wellFormed(text);
            messageId = Characters.wellFormedOrNull(messageId);
        }
    }

    /**
     * A tool call: the first word of it, or a later one that tells more.
     *
     * @param call what is known now; only the id is certain
     */
    record ToolCall(MessageContent.ToolCall call) implements ProviderEvent {}

    /**
     * The end of a tool call.
     *
     * @param result how it ended
     */
    record ToolResult(MessageContent.ToolResult result) implements ProviderEvent {}

    /**
     * The agent asks whether it may do something, and waits.
     *
     * @param actionId our id of the question
     * @param toolCallId the tool call that it is about, if told
     * @param title a line for people
     * @param options the answers that the agent offers, in its order
     */
    record AwaitingApproval(
            ActionId actionId,
            @Nullable String toolCallId,
            String title,
            List<PermissionOption> options)
            implements ProviderEvent {
        /** Makes texts well-formed and the list immutable. */
        public AwaitingApproval {
            toolCallId = Characters.wellFormedOrNull(toolCallId);
            title = Characters.wellFormed(title);
            options = List.copyOf(options);
        }
    }

    /**
     * The turn ended in order.
     *
     * @param stopReason why
     * @param rawStopReason the agent's own word, where it differs
     * @param cause what led to it where the reason alone misleads, for example {@code rejected}
     * @param usage what the turn used, if told
     */
    record TurnComplete(
            StopReason stopReason,
            @Nullable String rawStopReason,
            @Nullable String cause,
            @Nullable TokenUsage usage)
            implements ProviderEvent {
        /** Makes texts well-formed. */
        public TurnComplete {
            rawStopReason = Characters.wellFormedOrNull(rawStopReason);
            cause = Characters.wellFormedOrNull(cause);
        }
    }

    /**
     * The turn ended in failure.
     *
     * @param error what went wrong
     */
    @SuppressWarnings("AvoidCommonTypeNames") // the specification names it; it is always qualified
    record Error(ProviderError error) implements ProviderEvent {}

    /**
     * The agent takes a question back.
     *
     * @param actionId our id of the question
     */
    record ApprovalWithdrawn(ActionId actionId) implements ProviderEvent {}

    /**
     * The agent's plan, whole.
     *
     * @param entries its steps in order
     */
    record PlanUpdate(List<PlanEntry> entries) implements ProviderEvent {
        /** Makes the list immutable. */
        public PlanUpdate {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What was used so far.
     *
     * @param usage what the agent tells; null fields are unchanged
     */
    record UsageUpdate(TokenUsage usage) implements ProviderEvent {}

    /**
     * News of the session; null fields are unchanged.
     *
     * @param sessionId the agent's id of the session
     * @param title the agent's title for the conversation
     * @param modeId the agent's mode now
     * @param kind the protocol's name of an update whose content is kept raw
     * @param raw that content as raw JSON
     */
    record SessionUpdate(
            @Nullable String sessionId,
            @Nullable String title,
            @Nullable String modeId,
            @Nullable String kind,
            @Nullable String raw)
            implements ProviderEvent {
        /** Makes texts well-formed. */
        public SessionUpdate {
            sessionId = Characters.wellFormedOrNull(sessionId);
            title = Characters.wellFormedOrNull(title);
            modeId = Characters.wellFormedOrNull(modeId);
            kind = Characters.wellFormedOrNull(kind);
            raw = Characters.wellFormedOrNull(raw);
        }
    }

    /**
     * The agent tries something again by itself.
     *
     * @param message what it says about it
     */
    record Retrying(String message) implements ProviderEvent {
        /** Makes the text well-formed. */
        public Retrying {
            message = Characters.wellFormed(message);
        }
    }

    /**
     * Anything that nobody knows: kept, never dropped and never an error.
     *
     * @param kind the protocol's name of it
     * @param raw the whole as raw JSON, as it came
     */
    record Notice(String kind, String raw) implements ProviderEvent {
        /** Makes texts well-formed. */
        public Notice {
            kind = Characters.wellFormed(kind);
            raw = Characters.wellFormed(raw);
        }
    }
}
