package dev.stele.persistence.sqlite;

import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.tck.Samples;
import java.util.List;
import java.util.stream.IntStream;

/** What an agent streams: pieces of twelve characters, each with the mark of its turn. */
final class SizedDeltas {

    /** As long as the ids that doors make. */
    private static final TurnId TURN = new TurnId("trn_01jnf8yq4mekw9v2c7x5d0z3hb");

    private static final String TEXT = "twelve chars";

    private SizedDeltas() {}

    /**
     * Appends so many pieces, each by a command of its own, in one drain.
     *
     * @return the new head
     */
    static long append(EventStore store, long head, int count) {
        List<Append.Entry> entries =
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> entry(new ProviderMark(TURN, head + i)))
                        .toList();
        store.append(new Append(head, Samples.AT, entries));
        return head + count;
    }

    private static Append.Entry entry(ProviderMark mark) {
        return new Append.Entry(List.of(new MessageChunkReceived(TURN, 7, TEXT)), null, mark);
    }
}
