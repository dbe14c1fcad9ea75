package dev.stele.persistence.sqlite;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.tck.Samples;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What an agent streams: pieces of twelve characters, each with the mark of its turn. */
final class SizedDeltas {

    /** As long as the ids that doors make. */
    private static final TurnId TURN = new TurnId("trn_01jnf8yq4mekw9v2c7x5d0z3hb");

    private static final int LENGTH = 12;

    private static final List<String> WORDS =
            List.of(
                    "the", "file", "has", "a", "test", "that", "fails", "when", "it", "reads",
                    "first", "line", "so", "I", "look", "at", "where", "parser", "begins", "and",
                    "change", "two", "methods", "of", "this", "class", "before", "running", "all",
                    "again", "which", "takes", "about", "minute", "or", "less", "here", "is", "my",
                    "plan");

    /** Said like an answer, and cut into pieces. */
    private static final List<String> TEXTS = texts();

    private SizedDeltas() {}

    private static List<String> texts() {
        var random = new Random(1);
        var said = new StringBuilder();
        while (said.length() < 20_000 * LENGTH) {
            said.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return IntStream.range(0, said.length() / LENGTH)
                .mapToObj(i -> said.substring(i * LENGTH, (i + 1) * LENGTH))
                .toList();
    }

    /**
     * Appends so many pieces, each by a command of its own, in one drain.
     *
     * @return the new head
     */
    static long append(EventStore store, long head, int count) {
        List<Append.Entry> entries =
                IntStream.rangeClosed(1, count).mapToObj(i -> entry(head + i)).toList();
        store.append(new Append(head, Samples.AT, entries));
        return head + count;
    }

    private static Append.Entry entry(long place) {
        String text = TEXTS.get((int) (place % TEXTS.size()));
        return new Append.Entry(
                List.of(new MessageChunkReceived(TURN, 7, text)),
                null,
                new ProviderMark(TURN, place));
    }
}
