package dev.stele.app.support;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.PassThroughStore;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that fails, or waits, exactly when a test says so, and counts what it is given. */
public final class FaultyStore extends PassThroughStore {
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Append> appends = new CopyOnWriteArrayList<>();
    private volatile Supplier<Fault> usual = () -> Fault.NONE;
    private final Set<Long> lost = ConcurrentHashMap.newKeySet();
    private volatile boolean unreadable;
    private volatile @Nullable Gate gate;
    private volatile boolean closed;

    /**
     * A store with faults to come.
     *
     * @param inner the store that does the work
     */
    public FaultyStore(EventStore inner) {
        super(inner);
    }

    /** What goes wrong with an append. */
    public enum Fault {
        /** It throws, and nothing is stored. */
        THROWS_BEFORE,
        /** It throws, and everything is stored. */
        THROWS_AFTER,
        /** It says that the log stands elsewhere. */
        WRONG_HEAD,
        /** It fails as a defect would. */
        DEFECT,
        /** It fails as a machine without memory would. */
        OUT_OF_MEMORY,
        /** Nothing goes wrong. */
        NONE
    }

    /** A place where an append waits. */
    public static final class Gate {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        /** Waits until an append stands before it. */
        public void awaitAppend() {
            Waiting.until("an append at the gate", () -> reached.getCount() == 0);
        }

        /** Lets it go on. */
        public void open() {
            opened.countDown();
        }
    }

    /** The next appends fail like this, one after the other. */
    public void failNext(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** Every append for which nothing else is said fails like this. */
    public void failAlways(Supplier<Fault> plan) {
        usual = plan;
    }

    /** Reading fails, or works again. */
    public void unreadable(boolean now) {
        unreadable = now;
    }

    /** The fact at a place cannot be read any more. */
    public void lose(long sequence) {
        lost.add(sequence);
    }

    /** The next append waits until the gate is opened. */
    public Gate holdNext() {
        var held = new Gate();
        gate = held;
        return held;
    }

    /** Every append that was tried. */
    public List<Append> appends() {
        return appends;
    }

    /** Whether it has been closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public AppendResult append(Append append) {
        appends.add(append);
        pass(gate);
        Fault fault = faults.poll();
        return switch (fault == null ? usual.get() : fault) {
            case NONE -> super.append(append);
            case THROWS_BEFORE -> throw new StoreException("The disk is full.", null);
            case THROWS_AFTER -> {
                super.append(append);
                throw new StoreException("The disk went away.", null);
            }
            case WRONG_HEAD -> new AppendResult.WrongHead(super.head());
            case DEFECT -> throw new IllegalStateException("a defect of the store");
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("none left");
        };
    }

    private void pass(@Nullable Gate here) {
        if (here != null) {
            gate = null;
            here.reached.countDown();
            Waiting.until("the gate open", () -> here.opened.getCount() == 0);
        }
    }

    @Override
    public long head() {
        requireReadable();
        return super.head();
    }

    @Override
    public List<StoredEvent> read(long afterSequence, int limit) {
        requireReadable();
        return super.read(afterSequence, limit).stream().map(this::orLost).toList();
    }

    private StoredEvent orLost(StoredEvent stored) {
        return lost.contains(stored.sequence())
                ? new StoredEvent(
                        stored.sequence(), new UnreadableEvent("it is torn"), stored.storedAt())
                : stored;
    }

    @Override
    public @Nullable Receipt receipt(CommandId commandId) {
        requireReadable();
        return super.receipt(commandId);
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        requireReadable();
        return super.receiptAt(sequence);
    }

    @Override
    public @Nullable CommandId lastCommandId() {
        requireReadable();
        return super.lastCommandId();
    }

    @Override
    public long providerMark(TurnId turnId) {
        requireReadable();
        return super.providerMark(turnId);
    }

    private void requireReadable() {
        if (unreadable) {
            throw new StoreException("The disk cannot be read.", null);
        }
    }

    @Override
    public void close() {
        closed = true;
        super.close();
    }
}
