package dev.stele.app.engine;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRoom;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.StretchChange;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store on a disk that has not the room to write its log once more. */
record SmallDisk(EventStore store) implements EventStore {

    @Override
    public LogRewriting rewriting() {
        return new Rewriting(store.rewriting());
    }

    /** Gives back nothing. */
    private record Rewriting(LogRewriting sound) implements LogRewriting {

        @Override
        public LogRoom room() {
            return new LogRoom(5_000, 4_000, 2_000, 900);
        }

        @Override
        public void giveBack(LogProgress progress) {
            throw new StoreException("There is no room.", null);
        }

        @Override
        public void scrub() {
            throw new StoreException("There is no room.", null);
        }

        @Override
        public Stretch from(long first) {
            return sound.from(first);
        }

        @Override
        public Replacement prepare(StretchChange change) {
            return sound.prepare(change);
        }

        @Override
        public void replace(Replacement prepared) {
            sound.replace(prepared);
        }

        @Override
        public void discard(Replacement prepared) {
            sound.discard(prepared);
        }

        @Override
        public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
            return sound.mask(mask, look);
        }
    }

    @Override
    public long head() {
        return store.head();
    }

    @Override
    public AppendResult append(Append append) {
        return store.append(append);
    }

    @Override
    public List<StoredEvent> read(long afterSequence, int limit) {
        return store.read(afterSequence, limit);
    }

    @Override
    public @Nullable Receipt receipt(CommandId commandId) {
        return store.receipt(commandId);
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return store.receiptAt(sequence);
    }

    @Override
    public long providerMark(TurnId turnId) {
        return store.providerMark(turnId);
    }

    @Override
    public ModelSnapshots snapshots() {
        return store.snapshots();
    }

    @Override
    public void close() {
        store.close();
    }
}
