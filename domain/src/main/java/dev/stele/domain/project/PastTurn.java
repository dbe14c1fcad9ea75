package dev.stele.domain.project;

import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.Role;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Transcript.Past;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was said in a turn that is over. It holds a page of the log at a time, and the
 * messages that are asked for.
 *
 * @param id the turn
 * @param past where it stands in the log
 * @param log where its facts are read
 */
public record PastTurn(TurnId id, Past past, Log log) {

    private static final int PAGE = 1_000;

    /** Facts in the order of the log. */
    @FunctionalInterface
    public interface Log {

        /**
         * {@return facts in order, without a gap; empty only at the log's end}
         *
         * @param afterSequence the place before the first one wanted
         * @param limit how many at most
         */
        List<StoredEvent> after(long afterSequence, int limit);
    }

    /**
     * {@return some of its messages, in order} Costs the reading of what the log holds from the
     * first of them to the last, and to the turn's end when there are tool calls among them; and of
     * the turn before them, when they are in its first half. Once they have {@value
     * TranscriptPart#MOST_CHARACTERS} characters, those that are left out are to be asked for
     * again; one is there at least.
     *
     * @param from the ordinal of the first
     * @param limit how many at most, from 1
     */
    public List<Message> messages(int from, int limit) {
        if (from >= past.size()) {
            return List.of();
        }
        int to = (int) Math.min(past.size(), (long) from + limit);
        StoredEvent beginning =
                from <= past.size() / 2
                        ? null
                        : newest(e -> e instanceof MessageAppended m && m.ordinal() == from);
        return beginning == null
                ? fold(past.first(), TranscriptPart.of(id, from, to, 0))
                : fold(beginning.sequence(), TranscriptPart.of(id, from, to, from));
    }

    /** {@return the newest words of its agent, or null when it said nothing} */
    public @Nullable Message lastWords() {
        StoredEvent beginning = newest(PastTurn::isSpeech);
        return beginning != null && beginning.event() instanceof MessageAppended m
                ? fold(
                                beginning.sequence(),
                                TranscriptPart.of(id, m.ordinal(), m.ordinal() + 1, m.ordinal()))
                        .getFirst()
                : null;
    }

    private static boolean isSpeech(OrchestrationEvent event) {
        return event instanceof MessageAppended m
                && m.role() == Role.ASSISTANT
                && m.content() instanceof Text;
    }

    private List<Message> fold(long first, TranscriptPart nothing) {
        TranscriptPart part = nothing;
        long place = first - 1;
        while (place < past.last() && !part.isDone()) {
            List<StoredEvent> facts = after(place, past.last());
            for (StoredEvent stored : facts) {
                part = part.plus(stored.event());
            }
            place = facts.isEmpty() ? past.last() : facts.getLast().sequence();
        }
        return part.messages().asJava();
    }

    /** The newest message's beginning that is as wanted, looking from the turn's end. */
    private @Nullable StoredEvent newest(Predicate<OrchestrationEvent> wanted) {
        for (long end = past.last(); end >= past.first(); end -= PAGE) {
            StoredEvent found = newest(wanted, Math.max(past.first(), end - PAGE + 1), end);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable StoredEvent newest(
            Predicate<OrchestrationEvent> wanted, long first, long last) {
        StoredEvent found = null;
        long place = first - 1;
        while (place < last) {
            List<StoredEvent> facts = after(place, last);
            for (StoredEvent stored : facts) {
                if (stored.event() instanceof MessageAppended m
                        && m.turnId().equals(id)
                        && wanted.test(m)) {
                    found = stored;
                }
            }
            place = facts.isEmpty() ? last : facts.getLast().sequence();
        }
        return found;
    }

    private List<StoredEvent> after(long place, long last) {
        return log.after(place, (int) Math.min(PAGE, last - place));
    }
}
