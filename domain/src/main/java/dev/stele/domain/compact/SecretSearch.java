package dev.stele.domain.compact;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.SecretText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text in the facts of a log, also where it is spread over several pieces of a message, and
 * makes the facts that stand in their places without it. It remembers of each message no more than
 * the end of what was said last. For one thread, and used once.
 */
public final class SecretSearch {

    private final SecretText secret;
    private final int longest;
    private final Map<Place, List<Piece>> ends = new HashMap<>();
    private final SortedMap<Long, OrchestrationEvent> masked = new TreeMap<>();

    /**
     * A search that has not seen anything.
     *
     * @param secret the text
     */
    public SecretSearch(SecretText secret) {
        this.secret = secret;
        this.longest = secret.forms().stream().mapToInt(String::length).max().orElse(1);
    }

    /** A message of a turn. */
    private record Place(TurnId turnId, int ordinal) {}

    /** A piece of a message as it is to be. */
    private record Piece(long sequence, OrchestrationEvent event, String text) {}

    /**
     * Sees one more fact of the log, in order.
     *
     * @param stored the fact
     */
    public void see(StoredEvent stored) {
        see(stored, "");
    }

    /**
     * Sees one more fact of the log, in order, that says more than this program knows. When the
     * text is in that, the fact loses all of it: there is no telling where a mask may stand.
     *
     * @param stored the fact
     * @param besides all that it says, as it is stored
     */
    public void see(StoredEvent stored, String besides) {
        OrchestrationEvent event = stored.event();
        OrchestrationEvent without = Masking.of(event, secret);
        if (!without.equals(event) || secret.isIn(besides)) {
            masked.put(stored.sequence(), without);
        }
        switch (without) {
            case MessageAppended e -> {
                var place = new Place(e.turnId(), e.ordinal());
                String words = words(e);
                ends.remove(place);
                if (words != null) {
                    goOn(place, new Piece(stored.sequence(), e, words));
                }
            }
            case MessageChunkReceived e ->
                    goOn(
                            new Place(e.turnId(), e.ordinal()),
                            new Piece(stored.sequence(), e, e.text()));
            case TurnCompleted e -> ends.keySet().removeIf(at -> at.turnId().equals(e.turnId()));
            case OrchestrationEvent _ -> {
                // no words that go on
            }
        }
    }

    /** The words that a message begins with, or null when it holds something else. */
    private static @Nullable String words(MessageAppended e) {
        return switch (e.content()) {
            case MessageContent.Text(var text) -> text;
            case ThinkingBlock(var text) -> text;
            case MessageContent.ToolCall _,
                    MessageContent.ToolResult _,
                    MessageContent.Image _,
                    MessageContent.Resource _,
                    MessageContent.ResourceLink _ ->
                    null;
        };
    }

    private void goOn(Place place, Piece piece) {
        List<Piece> pieces = ends.computeIfAbsent(place, _ -> new ArrayList<>());
        pieces.add(piece);
        while (maskSpread(pieces)) {
            // until it is found no more
        }
        int kept = 0;
        int from = pieces.size();
        while (from > 0 && kept < longest - 1) {
            from--;
            kept += pieces.get(from).text().length();
        }
        pieces.subList(0, from).clear();
    }

    /** Masks the first occurrence that is spread over pieces, if there is one. */
    private boolean maskSpread(List<Piece> pieces) {
        var all = new StringBuilder();
        pieces.forEach(piece -> all.append(piece.text()));
        for (String form : secret.forms()) {
            int start = all.indexOf(form);
            if (start >= 0) {
                mask(pieces, start, start + form.length());
                return true;
            }
        }
        return false;
    }

    /** The mask stands where the text began; the pieces after that lose their part of it. */
    private void mask(List<Piece> pieces, int start, int end) {
        int offset = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            int from = Math.max(start, offset) - offset;
            int to = Math.min(end, offset + piece.text().length()) - offset;
            if (from < to) {
                String mask = start >= offset ? SecretText.MASK : "";
                String text = piece.text().substring(0, from) + mask + piece.text().substring(to);
                Piece without = new Piece(piece.sequence(), withWords(piece.event(), text), text);
                pieces.set(i, without);
                masked.put(without.sequence(), without.event());
            }
            offset += piece.text().length();
        }
    }

    private static OrchestrationEvent withWords(OrchestrationEvent event, String text) {
        return switch (event) {
            case MessageChunkReceived e -> new MessageChunkReceived(e.turnId(), e.ordinal(), text);
            case MessageAppended e ->
                    new MessageAppended(
                            e.turnId(),
                            e.ordinal(),
                            e.role(),
                            e.content() instanceof ThinkingBlock
                                    ? new ThinkingBlock(text)
                                    : new MessageContent.Text(text),
                            e.messageId(),
                            e.at());
            case OrchestrationEvent other -> other;
        };
    }

    /** {@return the facts that held the text, without it, by their places} */
    public SortedMap<Long, OrchestrationEvent> masked() {
        return Collections.unmodifiableSortedMap(masked);
    }
}
