package dev.stele.provider.reactor;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a conversation, for an agent whose session does not know it: after a restart, or
 * when the conversation was restored. Prompts, the agent's words and what became of its tool calls
 * are told; its thoughts and the tools' outputs are not.
 */
final class Transcript {

    /** About as much as a quarter of a small model's context holds. */
    private static final int MOST_CHARACTERS = 100_000;

    private static final String HEADING =
            "This is what was said before in this conversation. It is told again since your session"
                    + " is new; do not answer it.\n";
    private static final String CUT = "\n[What was said before this is left out.]\n";

    private Transcript() {}

    /**
     * The conversation up to a turn, or null when there was none.
     *
     * @param model holds it
     * @param last its newest turn, or null
     */
    static MessageContent.@Nullable Resource upTo(
            OrchestrationReadModel model, @Nullable TurnId last) {
        Deque<String> turns = new ArrayDeque<>();
        int left = MOST_CHARACTERS;
        for (Turn turn = find(model, last);
                turn != null && left > 0;
                turn = find(model, turn.parent())) {
            String text = text(turn);
            turns.addFirst(text.substring(Math.max(0, text.length() - left)));
            left -= text.length();
        }
        return turns.isEmpty() ? null : resource(last, turns, left < 0);
    }

    private static @Nullable Turn find(OrchestrationReadModel model, @Nullable TurnId id) {
        return id == null ? null : model.turn(id);
    }

    private static MessageContent.Resource resource(
            @Nullable TurnId last, Deque<String> turns, boolean cut) {
        return new MessageContent.Resource(
                "stele:///conversation/" + last,
                "text/markdown",
                HEADING + (cut ? CUT : "") + String.join("", turns),
                null);
    }

    private static String text(Turn turn) {
        var text = new StringBuilder();
        for (Message message : turn.messages()) {
            if (!(message.body() instanceof Message.Body.Thought)) {
                String who = message.body() instanceof Message.Body.Prompt ? "User" : "You";
                message.content().forEach(content -> append(text, who, words(content)));
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String who, String words) {
        if (!words.isBlank()) {
            text.append('\n').append(who).append(": ").append(words.strip()).append('\n');
        }
    }

    private static String words(MessageContent content) {
        return switch (content) {
            case MessageContent.Text(var text) -> text;
            case MessageContent.ThinkingBlock _ -> "";
            case MessageContent.ToolCall call ->
                    "[tool call " + call.id() + ": " + label(call) + "]";
            case MessageContent.ToolResult result ->
                    "[tool call "
                            + result.toolCallId()
                            + ": "
                            + result.outcome().name().toLowerCase(Locale.ROOT)
                            + "]";
            case MessageContent.Image _ -> "[an image]";
            case MessageContent.Resource(var uri, _, _, _) -> "[the resource " + uri + "]";
            case MessageContent.ResourceLink(var uri, _, _) -> "[the resource " + uri + "]";
        };
    }

    private static String label(MessageContent.ToolCall call) {
        String label = call.title() == null ? call.name() : call.title();
        return label == null ? "a tool" : label;
    }
}
