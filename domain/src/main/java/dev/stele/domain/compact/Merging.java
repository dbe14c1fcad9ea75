package dev.stele.domain.compact;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.ToolCallUpdated;
import dev.stele.domain.event.StoredEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges what belongs together in a stretch of the log: the pieces of a message become one fact at
 * the place of the first of them, and what is told of a tool call likewise. A message that began
 * before the stretch goes on in one piece. Everything else stays as it is, and so does a fact that
 * says more than this program knows. Used once.
 */
public final class Merging {

    /** A merged text grows no longer, so that no fact gets too large for a store. */
    private static final int LONGEST_TEXT = 1 << 18;

    private final Map<Place, Part> open = new HashMap<>();
    private final Map<Long, OrchestrationEvent> changed = new HashMap<>();

    /** The places of facts that took others in. */
    private final Set<Long> taking = new HashSet<>();

    private Merging() {}

    /** A message of a turn. */
    private record Place(TurnId turnId, int ordinal) {}

    /** A fact that takes others in. */
    private sealed interface Part {

        /** Its place in the log, where the whole will stand. */
        long sequence();

        /** The fact with all that it took in. */
        OrchestrationEvent whole();

        /** The beginning of a text. */
        record Beginning(long sequence, MessageAppended first, StringBuilder text) implements Part {
            @Override
            public OrchestrationEvent whole() {
                MessageContent content =
                        first.content() instanceof ThinkingBlock
                                ? new ThinkingBlock(text.toString())
                                : new MessageContent.Text(text.toString());
                return withContent(first, content);
            }
        }

        /** More of a text. */
        record More(long sequence, MessageChunkReceived first, StringBuilder text) implements Part {
            @Override
            public OrchestrationEvent whole() {
                return new MessageChunkReceived(first.turnId(), first.ordinal(), text.toString());
            }
        }

        /** A tool call. */
        record Call(long sequence, MessageAppended first, ToolCall call) implements Part {
            @Override
            public OrchestrationEvent whole() {
                return withContent(first, call);
            }
        }

        /** What changed of a tool call. */
        record Change(long sequence, ToolCallUpdated first, ToolCall call) implements Part {
            @Override
            public OrchestrationEvent whole() {
                return new ToolCallUpdated(first.turnId(), first.ordinal(), call);
            }
        }
    }

    private static MessageAppended withContent(MessageAppended e, MessageContent content) {
        return new MessageAppended(
                e.turnId(), e.ordinal(), e.role(), content, e.messageId(), e.at());
    }

    /**
     * {@return the facts that are others when a stretch is merged, by their places: one with all
     * the pieces, and {@link AbsorbedEvent} at the places of the other pieces}
     *
     * @param stretch facts in order, of turns that are over
     * @param fixed the places of facts that neither take others in nor go into others
     */
    public static Map<Long, OrchestrationEvent> of(List<StoredEvent> stretch, Set<Long> fixed) {
        var merging = new Merging();
        for (StoredEvent stored : stretch) {
            if (fixed.contains(stored.sequence())) {
                merging.pass(stored.event());
            } else {
                merging.add(stored);
            }
        }
        merging.open.values().forEach(merging::close);
        return Map.copyOf(merging.changed);
    }

    /** What comes after it does not go into what came before it. */
    private void pass(OrchestrationEvent event) {
        switch (event) {
            case MessageAppended e -> close(open.remove(new Place(e.turnId(), e.ordinal())));
            case MessageChunkReceived e -> close(open.remove(new Place(e.turnId(), e.ordinal())));
            case ToolCallUpdated e -> close(open.remove(new Place(e.turnId(), e.ordinal())));
            case OrchestrationEvent _ -> {
                // nothing goes into it
            }
        }
    }

    private void add(StoredEvent stored) {
        long sequence = stored.sequence();
        switch (stored.event()) {
            case MessageAppended e -> begin(new Place(e.turnId(), e.ordinal()), sequence, e);
            case MessageChunkReceived e -> words(new Place(e.turnId(), e.ordinal()), sequence, e);
            case ToolCallUpdated e -> change(new Place(e.turnId(), e.ordinal()), sequence, e);
            case OrchestrationEvent _ -> {
                // stays as it is
            }
        }
    }

    private void begin(Place place, long sequence, MessageAppended e) {
        switch (e.content()) {
            case MessageContent.Text(var text) ->
                    open(place, new Part.Beginning(sequence, e, new StringBuilder(text)));
            case ThinkingBlock(var text) ->
                    open(place, new Part.Beginning(sequence, e, new StringBuilder(text)));
            case ToolCall call -> open(place, new Part.Call(sequence, e, call));
            case MessageContent.ToolResult _,
                    MessageContent.Image _,
                    MessageContent.Resource _,
                    MessageContent.ResourceLink _ ->
                    close(open.remove(place));
        }
    }

    private void words(Place place, long sequence, MessageChunkReceived e) {
        StringBuilder text =
                switch (open.get(place)) {
                    case Part.Beginning beginning -> beginning.text();
                    case Part.More more -> more.text();
                    case Part.Call _, Part.Change _ -> null;
                    case null -> null;
                };
        if (text != null && text.length() + e.text().length() <= LONGEST_TEXT) {
            text.append(e.text());
            absorb(place, sequence);
        } else {
            open(place, new Part.More(sequence, e, new StringBuilder(e.text())));
        }
    }

    private void change(Place place, long sequence, ToolCallUpdated e) {
        switch (open.get(place)) {
            case Part.Call(var first, var fact, var call) -> {
                open.put(place, new Part.Call(first, fact, call.mergedWith(e.change())));
                absorb(place, sequence);
            }
            case Part.Change(var first, var fact, var call) -> {
                open.put(place, new Part.Change(first, fact, call.mergedWith(e.change())));
                absorb(place, sequence);
            }
            case Part.Beginning _, Part.More _ -> {
                // no call, so that the fact means nothing
            }
            case null -> open(place, new Part.Change(sequence, e, e.change()));
        }
    }

    private void open(Place place, Part part) {
        close(open.put(place, part));
    }

    private void absorb(Place place, long sequence) {
        Part part = open.get(place);
        if (part != null) {
            changed.put(sequence, new AbsorbedEvent(part.sequence()));
            taking.add(part.sequence());
        }
    }

    /** Only a fact that took something in is another one. */
    private void close(@Nullable Part part) {
        if (part != null && taking.contains(part.sequence())) {
            changed.put(part.sequence(), part.whole());
        }
    }
}
