package dev.stele.app.bench;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A store whose appends take longer, as on a slower disk.
 *
 * @param inner the store that does the work
 * @param slower how much longer
 */
record SlowStore(EventStore inner, Duration slower) implements EventStore {
    @Override
    public AppendResult append(Append append) {
        AppendResult result = inner.append(append);
        LockSupport.parkNanos(slower.toNanos());
        return result;
    }

    @Override
    public long head() {
        return inner.head();
    }

    @Override
    public List<StoredEvent> read(long afterSequence, int limit) {
        return inner.read(afterSequence, limit);
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return inner.receiptAt(sequence);
    }

    @Override
    public @Nullable Receipt receipt(CommandId commandId) {
        return inner.receipt(commandId);
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
    public void close() {
        inner.close();
    }
}
