package dev.stele.domain.tck;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.WriterLease;
import io.vavr.collection.HashMap;
import io.vavr.collection.Vector;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An event store in memory, correct in everything but durability. Its log outlives the store:
 * {@link #reopened} stands for a restart of the process.
 *
 * <p>Readers share immutable snapshots with the writer, so they only ever see whole appends.
 */
public final class MemoryEventStore implements EventStore {

    private final int largestEvent;
    private final AtomicReference<Log> log;
    private final MemorySnapshots snapshots;
    private final MemoryRewriting.State rewritten;
    private final MemoryRewriting rewriting;
    private final @Nullable MemoryLease lease;
    private volatile boolean closed;

    /** An empty store that takes events of any size. */
    public MemoryEventStore() {
        this(Integer.MAX_VALUE);
    }

    /**
     * An empty store.
     *
     * @param largestEvent how long an event may be, in characters of its {@code toString}
     */
    public MemoryEventStore(int largestEvent) {
        this(
                largestEvent,
                new AtomicReference<>(Log.EMPTY),
                new MemorySnapshots(),
                new MemoryRewriting.State(),
                null);
    }

    private MemoryEventStore(
            int largestEvent,
            AtomicReference<Log> log,
            MemorySnapshots snapshots,
            MemoryRewriting.State rewritten,
            @Nullable MemoryLease lease) {
        this.largestEvent = largestEvent;
        this.log = log;
        this.snapshots = snapshots;
        this.rewritten = rewritten;
        this.rewriting = new MemoryRewriting(rewritten, new Facts());
        this.lease = lease;
    }

    /**
     * Opens the same log once more, for a node that appends to it under a lease. Any number of them
     * may be open; whoever has a lease on a log, all of them have.
     *
     * @param newLease the node's right to append
     * @return the store of that node
     */
    MemoryEventStore of(MemoryLease newLease) {
        return new MemoryEventStore(largestEvent, log, new MemorySnapshots(), rewritten, newLease);
    }

    /**
     * Closes this store and opens another on the same log.
     *
     * @return the other one
     */
    public MemoryEventStore reopened() {
        close();
        var next = new MemoryEventStore(largestEvent, log, snapshots, rewritten, lease);
        next.rewriting.recover();
        return next;
    }

    /** The same log without a lease on it, to break the rules with. */
    MemoryEventStore withoutLease() {
        return new MemoryEventStore(largestEvent, log, snapshots, rewritten, null);
    }

    @Override
    public long head() {
        return current().head();
    }

    @Override
    public AppendResult append(Append append) {
        var _ = current();
        return lease == null ? appendNow(append) : lease.append(() -> appendNow(append));
    }

    private AppendResult appendNow(Append append) {
        synchronized (log) {
            return append(append, current());
        }
    }

    private AppendResult append(Append append, Log before) {
        if (append.expectedHead() != before.head()) {
            return new AppendResult.WrongHead(before.head());
        }
        Log after = before;
        for (int i = 0; i < append.entries().size(); i++) {
            Append.Entry entry = append.entries().get(i);
            if (entry.events().stream().anyMatch(this::isTooLarge)) {
                return new AppendResult.Unencodable(
                        i, "An event is longer than " + largestEvent + " characters.");
            }
            after = after.plus(entry, append);
        }
        log.set(after);
        return new AppendResult.Appended(after.head());
    }

    private boolean isTooLarge(OrchestrationEvent event) {
        return largestEvent < Integer.MAX_VALUE && event.toString().length() > largestEvent;
    }

    @Override
    public List<StoredEvent> read(long afterSequence, int limit) {
        if (afterSequence < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "a page starts after 0 or later and holds at least 1 event, not "
                            + afterSequence
                            + " and "
                            + limit);
        }
        return List.copyOf(current().events().drop(start(afterSequence)).take(limit).asJava());
    }

    private static int start(long afterSequence) {
        return (int) Math.min(Integer.MAX_VALUE, afterSequence);
    }

    @Override
    public @Nullable Receipt receipt(CommandId commandId) {
        return current().receipts().getOrElse(commandId, null);
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return current().receipts().values().find(one -> one.isAbout(sequence)).getOrNull();
    }

    @Override
    public @Nullable CommandId lastCommandId() {
        return current()
                .receipts()
                .keySet()
                .maxBy(Comparator.comparing(CommandId::value))
                .getOrNull();
    }

    @Override
    public long providerMark(TurnId turnId) {
        return current().marks().getOrElse(turnId, 0L);
    }

    @Override
    public ModelSnapshots snapshots() {
        return snapshots;
    }

    @Override
    public @Nullable WriterLease lease() {
        return lease;
    }

    @Override
    public LogRewriting rewriting() {
        return rewriting;
    }

    /** The facts, for whoever replaces some. */
    private final class Facts implements MemoryRewriting.Events {

        @Override
        public Vector<StoredEvent> now() {
            return current().events();
        }

        @Override
        public int mask(UnaryOperator<Receipt.Outcome> mask, boolean look) {
            synchronized (log) {
                Log before = current();
                HashMap<CommandId, Receipt> receipts =
                        before.receipts().mapValues(receipt -> masked(receipt, mask));
                if (!look) {
                    log.set(new Log(before.events(), receipts, before.marks()));
                }
                return before.receipts().count(one -> !receipts.get(one._1()).contains(one._2()));
            }
        }

        private Receipt masked(Receipt receipt, UnaryOperator<Receipt.Outcome> mask) {
            return new Receipt(
                    receipt.commandId(),
                    receipt.fingerprint(),
                    mask.apply(receipt.outcome()),
                    receipt.answeredAt());
        }

        @Override
        public void put(Map<Long, OrchestrationEvent> changed) {
            synchronized (log) {
                log.set(current().with(changed));
            }
        }
    }

    /** The model kept last. */
    private static final class MemorySnapshots implements ModelSnapshots {
        private volatile OrchestrationReadModel newest = OrchestrationReadModel.EMPTY;

        @Override
        public OrchestrationReadModel newest() {
            return newest;
        }

        @Override
        public void keep(OrchestrationReadModel model) {
            newest = model;
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private Log current() {
        if (closed) {
            throw new StoreException("The store in memory is closed; open it again.", null);
        }
        return log.get();
    }

    /** All that is stored, as an immutable value. */
    private record Log(
            Vector<StoredEvent> events,
            HashMap<CommandId, Receipt> receipts,
            HashMap<TurnId, Long> marks) {

        static final Log EMPTY = new Log(Vector.empty(), HashMap.empty(), HashMap.empty());

        long head() {
            return events.size();
        }

        Log with(Map<Long, OrchestrationEvent> changed) {
            Vector<StoredEvent> others =
                    events.map(stored ->
                            changed.containsKey(stored.sequence())
                                    ? new StoredEvent(
                                            stored.sequence(),
                                            changed.getOrDefault(stored.sequence(), stored.event()),
                                            stored.storedAt())
                                    : stored);
            return new Log(others, receipts, marks);
        }

        Log plus(Append.Entry entry, Append append) {
            Vector<StoredEvent> more = events;
            for (OrchestrationEvent event : entry.events()) {
                more = more.append(new StoredEvent(more.size() + 1L, event, append.storedAt()));
                if (event instanceof LogLossAccepted accepted) {
                    more = more.map(stored -> lost(stored, accepted));
                }
            }
            return new Log(more, plusReceipt(entry.receipt()), plusMark(entry.mark()));
        }

        private static StoredEvent lost(StoredEvent stored, LogLossAccepted accepted) {
            return accepted.sequences().contains(stored.sequence())
                    ? new StoredEvent(
                            stored.sequence(),
                            new UnreadableEvent("its loss was accepted"),
                            stored.storedAt())
                    : stored;
        }

        private HashMap<CommandId, Receipt> plusReceipt(@Nullable Receipt receipt) {
            if (receipt == null) {
                return receipts;
            }
            if (receipts.containsKey(receipt.commandId())) {
                throw new StoreException(
                        "The command id "
                                + receipt.commandId()
                                + " has been answered already; nothing was stored.",
                        null);
            }
            return receipts.put(receipt.commandId(), receipt);
        }

        private HashMap<TurnId, Long> plusMark(@Nullable ProviderMark mark) {
            return mark == null ? marks : marks.put(mark.turnId(), mark.sequence(), Math::max);
        }
    }
}
