package dev.stele.domain.tck;

import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.port.Append;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A correct store to break: subclasses get one thing wrong. */
class BrokenStore extends PassThroughStore {

    final MemoryEventStore sound;

    BrokenStore(MemoryEventStore sound) {
        super(sound);
        this.sound = sound;
    }

    /** The append with the events of each entry changed. */
    static Append withEvents(Append append, UnaryOperator<List<OrchestrationEvent>> change) {
        return withEntries(
                append,
                e ->
                        new Append.Entry(
                                change.apply(new ArrayList<>(e.events())), e.receipt(), e.mark()));
    }

    /** The append with each entry changed. */
    static Append withEntries(Append append, UnaryOperator<Append.Entry> change) {
        return new Append(
                append.expectedHead(),
                append.storedAt(),
                append.entries().stream().map(change).toList());
    }
}
