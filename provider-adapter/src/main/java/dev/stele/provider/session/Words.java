package dev.stele.provider.session;

import dev.stele.contracts.ProviderEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The words of a turn as they stream. An agent may cut them between the two halves of a surrogate
 * pair: the first half is held back until the second one comes.
 */
public final class Words {
    private boolean thinking;
    private @Nullable String messageId;
    private String held = "";

    /** None yet. */
    public Words() {}

    /**
     * More words.
     *
     * @param isThinking whether they are reasoning
     * @param id the agent's id of the message, or null
     * @param text the words
     */
    public List<ProviderEvent> more(boolean isThinking, @Nullable String id, String text) {
        var events = new ArrayList<ProviderEvent>();
        if (isThinking != thinking || !Objects.equals(id, messageId)) {
            events.addAll(flush());
        }
        thinking = isThinking;
        messageId = id;
        String whole = held + text;
        held = "";
        if (!whole.isEmpty() && Character.isHighSurrogate(whole.charAt(whole.length() - 1))) {
            held = whole.substring(whole.length() - 1);
            whole = whole.substring(0, whole.length() - 1);
        }
        if (!whole.isEmpty()) {
            events.add(delta(whole));
        }
        return events;
    }

    /** What is held back, since something else follows. */
    public List<ProviderEvent> flush() {
        if (held.isEmpty()) {
            return List.of();
        }
        ProviderEvent last = delta(held);
        held = "";
        return List.of(last);
    }

    private ProviderEvent delta(String text) {
        return thinking
                ? new ProviderEvent.ThinkingDelta(text, messageId)
                : new ProviderEvent.TextDelta(text, messageId);
    }
}
