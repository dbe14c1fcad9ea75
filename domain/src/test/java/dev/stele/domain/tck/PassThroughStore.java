package dev.stele.domain.tck;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.WriterLease;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store that leaves everything to another one, and waits by its own head; subclasses do something
 * of it themselves.
 */
public class PassThroughStore implements EventStore {

    private final EventStore inner;

    /**
     * A store in front of another one.
     *
     * @param inner the store that does the work
     */
    public PassThroughStore(EventStore inner) {
        this.inner = inner;
    }

    @Override
    public long head() {
        return inner.head();
    }

    @Override
    public AppendResult append(Append append) {
        return inner.append(append);
    }

    @Override
    public List<StoredEvent> read(long afterSequence, int limit) {
        return inner.read(afterSequence, limit);
    }

    @Override
    public @Nullable Receipt receipt(CommandId commandId) {
        return inner.receipt(commandId);
    }

    @Override
    public Map<CommandId, Receipt> receipts(Collection<CommandId> commandIds) {
        return inner.receipts(commandIds);
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return inner.receiptAt(sequence);
    }

    @Override
    public @Nullable CommandId lastCommandId() {
        return inner.lastCommandId();
    }

    @Override
    public long providerMark(TurnId turnId) {
        return inner.providerMark(turnId);
    }

    @Override
    public ModelSnapshots snapshots() {
        return inner.snapshots();
    }

    @Override
    public LogRewriting rewriting() {
        return inner.rewriting();
    }

    @Override
    public @Nullable WriterLease lease() {
        return inner.lease();
    }

    @Override
    public void close() {
        inner.close();
    }
}
