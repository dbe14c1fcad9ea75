package dev.stele.domain.port;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.StoredEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log: append-only, gap-free, durable. Reading is thread-safe and goes on beside the writer;
 * only one thread appends. Every method may throw {@link StoreException}.
 */
public interface EventStore extends AutoCloseable {

    /** How often {@link #awaitBeyond} looks unless the store is told of news. */
    Duration LOOK_EVERY = Duration.ofMillis(50);

    /** {@return the sequence of the newest fact; 0 for an empty log} */
    long head();

    /**
     * Adds facts, receipts and marks in one transaction. When it returns {@link
     * AppendResult.Appended} they are synced to the disk; with every other answer nothing was
     * stored. After an exception the outcome is in doubt: {@link #head} and {@link #receipt} tell.
     *
     * <p>A second receipt for a command id is refused with a {@link StoreException} and nothing is
     * stored: whatever asks for it would do the same command twice.
     *
     * @param append what is added
     * @return whether it was stored, and if not, why
     */
    AppendResult append(Append append);

    /**
     * Facts in order, without a gap: in place of one that cannot be read, or whose loss was
     * accepted, there is a {@link
     * dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent}.
     *
     * @param afterSequence the place before the first one wanted; 0 for the beginning
     * @param limit how many at most, from 1
     * @return those that there are; empty at the log's end
     */
    List<StoredEvent> read(long afterSequence, int limit);

    /**
     * {@return the receipt of a command id, or null when it has none}
     *
     * @param commandId the id
     */
    @Nullable Receipt receipt(CommandId commandId);

    /**
     * {@return the receipts of those of some command ids that have one} Asked for together, since
     * each question to a server far away takes its time.
     *
     * @param commandIds the ids
     */
    default Map<CommandId, Receipt> receipts(Collection<CommandId> commandIds) {
        var found = new HashMap<CommandId, Receipt>();
        for (CommandId id : commandIds) {
            Receipt receipt = receipt(id);
            if (receipt != null) {
                found.put(id, receipt);
            }
        }
        return found;
    }

    /**
     * {@return the receipt of the command whose facts a place is among, or null when that left no
     * receipt, or there is no such place} Costs the reading of all receipts.
     *
     * @param sequence the place
     */
    @Nullable Receipt receiptAt(long sequence);

    /**
     * {@return a command id that none with a receipt exceeds, by the order of {@link
     * String#compareTo}; null when there is no receipt} Ids of Stele's doors sort by their age, so
     * that whoever appends need not ask for the receipt of a greater one. A store that cannot tell
     * fast says the greatest id that there can be.
     */
    default @Nullable CommandId lastCommandId() {
        return CommandId.GREATEST;
    }

    /**
     * {@return how far a turn's provider events were taken in; 0 for none}
     *
     * @param turnId the turn
     */
    long providerMark(TurnId turnId);

    /**
     * {@return where models of this log are kept; nowhere, unless the store has a place for them}
     */
    default ModelSnapshots snapshots() {
        return ModelSnapshots.NONE;
    }

    /** {@return what replaces closed stretches of this log; unable to, unless the store can} */
    default LogRewriting rewriting() {
        return LogRewriting.NONE;
    }

    /**
     * {@return the right to append to this log, which several nodes share; null when whoever has
     * the store open is its only writer}
     */
    default @Nullable WriterLease lease() {
        return null;
    }

    /**
     * Waits until the log has gone beyond a place, whoever wrote: a cheap way to follow it. May
     * return early with false; what is there is told by {@link #head} alone.
     *
     * @param sequence a place in the log
     * @param timeout how long to wait at most
     * @return whether the log's head is beyond it
     * @throws InterruptedException when the waiting thread is interrupted
     */
    default boolean awaitBeyond(long sequence, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (head() <= sequence) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_EVERY.toNanos())));
        }
        return true;
    }

    /** Closes files and gives the lock back. Repeats do nothing. */
    @Override
    void close();
}
