package dev.stele.domain.tck;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.WriterLease;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A correct store to break: subclasses get one thing wrong. */
class BrokenStore implements EventStore {

    final MemoryEventStore sound;

    BrokenStore(MemoryEventStore sound) {
        this.sound = sound;
    }

    @Override
    public long head() {
        return sound.head();
    }

    @Override
    public AppendResult append(Append append) {
        return sound.append(append);
    }

    @Override
    public List<StoredEvent> read(long afterSequence, int limit) {
        return sound.read(afterSequence, limit);
    }

    @Override
    public @Nullable Receipt receipt(CommandId commandId) {
        return sound.receipt(commandId);
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return sound.receiptAt(sequence);
    }

    @Override
    public @Nullable CommandId lastCommandId() {
        return sound.lastCommandId();
    }

    @Override
    public long providerMark(TurnId turnId) {
        return sound.providerMark(turnId);
    }

    @Override
    public @Nullable WriterLease lease() {
        return sound.lease();
    }

    @Override
    public ModelSnapshots snapshots() {
        return sound.snapshots();
    }

    @Override
    public LogRewriting rewriting() {
        return sound.rewriting();
    }

    @Override
    public void close() {
        sound.close();
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
