package dev.stele.domain.model;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.*;
import dev.stele.contracts.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a turn's transcript. Its id is its turn's id and its ordinal.
 *
 * @param ordinal its place in the turn, from 0 (the prompt)
 * @param role who speaks
 * @param body what it holds
 * @param at when it began
 */
public record Message(int ordinal, Role role, Body body, Instant at) {

    /** {@return what it holds, as plain content} Costs the length of a streamed text. */
    public List<MessageContent> content() {
        return switch (body) {
            case Body.Prompt(var blocks) -> blocks;
            case Body.Speech(var text, _) -> List.of(new Text(text.toString()));
            case Body.Thought(var text, _) -> List.of(new ThinkingBlock(text.toString()));
            case Body.Whole(var content) -> List.of(content);
        };
    }

    /** {@return whether the agent speaks here; thoughts and tool calls are no words} */
    public boolean isSpeech() {
        return role == Role.ASSISTANT && body instanceof Body.Speech;
    }

    /** What a message holds: words that grow, or content that came whole. */
    public sealed interface Body {

        /**
         * What a person said.
         *
         * @param blocks texts, images, resources, in order
         */
        record Prompt(List<MessageContent> blocks) implements Body {
            /** Makes the list immutable. */
            public Prompt {
                blocks = List.copyOf(blocks);
            }
        }

        /**
         * What the agent says.
         *
         * @param text the words so far
         * @param messageId the agent's own id of the message, if told
         */
        record Speech(GrowingText text, @Nullable String messageId) implements Body {}

        /**
         * What the agent thinks.
         *
         * @param text the words so far
         * @param messageId the agent's own id of the message, if told
         */
        record Thought(GrowingText text, @Nullable String messageId) implements Body {}

        /**
         * A tool call as it is known so far, a tool result, or anything else that came whole.
         *
         * @param content what came
         */
        record Whole(MessageContent content) implements Body {}

        /**
         * {@return the body that a message begins with}
         *
         * @param content what came first
         * @param messageId the agent's own id of the message, if told
         */
        static Body of(MessageContent content, @Nullable String messageId) {
            return switch (content) {
                case Text(var text) -> new Speech(GrowingText.of(text), messageId);
                case ThinkingBlock(var text) -> new Thought(GrowingText.of(text), messageId);
                case ToolCall _, ToolResult _, Image _, Resource _, ResourceLink _ ->
                        new Whole(content);
            };
        }

        /**
         * {@return this body with more words at its end; one that came whole is unchanged}
         *
         * @param more the words
         */
        default Body plus(String more) {
            return switch (this) {
                case Speech(var text, var id) -> new Speech(text.plus(more), id);
                case Thought(var text, var id) -> new Thought(text.plus(more), id);
                case Prompt whole -> whole;
                case Whole whole -> whole;
            };
        }
    }
}
