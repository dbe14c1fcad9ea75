package dev.stele.provider.reactor;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.EventFeed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a conversation, for an agent whose session does not know it: after a restart, or
 * when the conversation was restored. Prompts, the agent's words and what became of its tool calls
 * are told; its thoughts and the tools' outputs are not.
 */
final class Retelling {

    /** About as much as a quarter of a small model's context holds. */
    private static final int MOST_CHARACTERS = 100_000;

    /** How many messages are read at once. */
    private static final int PAGE = 100;

    private static final String HEADING =
            "This is what was said before in this conversation. It is told again since your session"
                    + " is new; do not answer it.\n";
    private static final String CUT = "\n[What was said before this is left out.]\n";

    private Retelling() {}

    /**
     * The conversation up to a turn, or null when there was none. Of what was said before the words
     * that are told, nothing is held.
     *
     * @param feed tells it
     * @param last its newest turn, or null
     * @throws dev.stele.domain.port.StoreException when the log cannot be read
     */
    static MessageContent.@Nullable Resource upTo(EventFeed feed, @Nullable TurnId last) {
        Deque<String> told = new ArrayDeque<>();
        int left = MOST_CHARACTERS;
        for (Turn turn = find(feed, last);
                turn != null && left > 0;
                turn = find(feed, turn.parent())) {
            left = tell(turn, feed, told, left);
        }
        return told.isEmpty() ? null : resource(last, told, left < 0);
    }

    private static @Nullable Turn find(EventFeed feed, @Nullable TurnId id) {
        return id == null ? null : feed.model().turn(id);
    }

    /** Puts a turn before what is told already, from its end on, as far as there is room. */
    private static int tell(Turn turn, EventFeed feed, Deque<String> told, int room) {
        int left = room;
        for (int end = turn.transcript().size(); end > 0 && left > 0; ) {
            int start = Math.max(0, end - PAGE);
            String text = text(turn.id(), start, end, feed);
            told.addFirst(text.substring(Math.max(0, text.length() - left)));
            left -= text.length();
            end = start;
        }
        return left;
    }

    private static MessageContent.Resource resource(
            @Nullable TurnId last, Deque<String> told, boolean cut) {
        return new MessageContent.Resource(
                "stele:///conversation/" + last,
                "text/markdown",
                HEADING + (cut ? CUT : "") + String.join("", told),
                null);
    }

    private static String text(TurnId turn, int from, int to, EventFeed feed) {
        var text = new StringBuilder();
        int next = from;
        while (next < to) {
            List<Message> page = feed.messages(turn, next, to - next).messages();
            page.forEach(message -> append(text, message));
            next = page.isEmpty() ? to : next + page.size();
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Message message) {
        if (!(message.body() instanceof Message.Body.Thought)) {
            String who = message.body() instanceof Message.Body.Prompt ? "User" : "You";
            message.content().forEach(content -> append(text, who, words(content)));
        }
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
