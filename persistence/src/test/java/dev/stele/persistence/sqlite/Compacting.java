package dev.stele.persistence.sqlite;

import static dev.stele.domain.tck.SampleTalk.beginning;
import static dev.stele.domain.tck.SampleTalk.pieces;
import static dev.stele.domain.tck.SampleTalk.turn;

import dev.stele.domain.compact.Merging;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogCompacted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting.Replacement;
import dev.stele.domain.port.StretchChange;
import dev.stele.domain.project.Projector;
import dev.stele.domain.tck.Samples;
import java.util.List;

/** Short words for what the tests do with replaced stretches. */
public final class Compacting {

    private Compacting() {}

    /** Appends a conversation of so many turns, each with an answer in so many pieces. */
    public static void talk(EventStore store, int turns, int pieces) {
        append(store, beginning());
        for (int number = 1; number <= turns; number++) {
            append(store, turn(number, pieces(pieces)));
        }
    }

    static void append(EventStore store, List<? extends OrchestrationEvent> events) {
        var entry = new Append.Entry(List.copyOf(events), null, null);
        store.append(new Append(store.head(), Samples.AT, List.of(entry)));
    }

    /** Writes what takes the place of a stretch beside the log. */
    static Replacement prepare(EventStore store, long first, long last) {
        List<StoredEvent> stretch = store.read(first - 1, (int) (last - first + 1));
        return store.rewriting()
                .prepare(
                        new StretchChange(
                                first,
                                last,
                                Merging.of(
                                        stretch, store.rewriting().besides(first, last).keySet())));
    }

    /** Says in the log what takes the place of a stretch. */
    static void tell(EventStore store, Replacement prepared) {
        append(
                store,
                List.of(
                        new LogCompacted(
                                prepared.first(), prepared.last(), prepared.digest(), Samples.AT)));
    }

    /** All of it. */
    public static Replacement compact(EventStore store, long first, long last) {
        Replacement prepared = prepare(store, first, last);
        tell(store, prepared);
        store.rewriting().replace(prepared);
        return prepared;
    }

    static OrchestrationReadModel model(EventStore store) {
        OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
        for (StoredEvent stored : store.read(0, Integer.MAX_VALUE)) {
            model = Projector.project(model, stored);
        }
        return model;
    }
}
