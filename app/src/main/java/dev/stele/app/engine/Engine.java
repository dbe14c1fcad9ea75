package dev.stele.app.engine;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRoom;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.WriterLease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way in and the one way out of a log: commands are decided by one writer, become durable
 * in one transaction for all that has come, and are published only then. Thread-safe.
 */
public final class Engine implements CommandGateway, Core {
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final Parts parts;
    private final EngineSettings settings;
    private final LogFeed feed;
    private final SnapshotKeeper snapshots;
    private final @Nullable Node node;
    private final List<Telling> tellings = new ArrayList<>();
    private final ReentrantLock closing = new ReentrantLock();
    private final ReentrantLock compacting = new ReentrantLock();
    private volatile @Nullable Term term;
    private volatile boolean closed;

    private Engine(
            Parts parts,
            EngineSettings settings,
            SnapshotKeeper snapshots,
            OrchestrationReadModel model) {
        this.parts = parts;
        this.settings = settings;
        this.feed = new LogFeed(parts.store(), model, settings);
        this.snapshots = snapshots;
        WriterLease lease = parts.store().lease();
        this.node =
                lease == null
                        ? null
                        : new Node(
                                lease,
                                parts.store(),
                                feed,
                                settings.page(),
                                this::newTerm,
                                this::show);
    }

    private Term newTerm(Tenure tenure) {
        return new Term(parts, settings, feed, snapshots, tenure);
    }

    private void show(@Nullable Term now) {
        term = now;
    }

    /**
     * What an engine works with. It owns the store and the reactors, and closes them.
     *
     * @param store the log
     * @param codec tells repeats of a command from others
     * @param reactors makes what does outside work, in the order of their start; asked once for a
     *     log that is not shared, and each time that this node begins to write for one that is
     * @param clock gives the time of storing
     * @param subscribers who is told of every fact
     */
    public record Parts(
            EventStore store,
            Codec codec,
            Supplier<List<Reactor>> reactors,
            InstantSource clock,
            List<Subscriber> subscribers) {
        /** Makes the list immutable. */
        public Parts {
            subscribers = List.copyOf(subscribers);
        }
    }

    /**
     * {@return an engine at work: the log is replayed from the newest snapshot on, and every
     * reactor has taken over what an earlier process left open} Subscribers hear of that, too. When
     * it fails, everything is closed again. With a log that cannot be read whole, reactors are
     * started when the loss is accepted.
     *
     * <p>Of a log that several nodes share it is the writer when no other is; else it follows, and
     * its reactors start when it takes over. See {@link #role}.
     *
     * @param parts what it works with
     * @param settings its bounds
     * @param listener hears how far the replay is
     * @throws dev.stele.domain.port.StoreException when the log cannot be read
     * @throws IllegalArgumentException when a subscriber begins beyond the log's end
     */
    public static Engine open(Parts parts, EngineSettings settings, ReplayListener listener) {
        Engine engine = replayed(parts, settings, listener);
        try {
            parts.subscribers().forEach(engine::tell);
            engine.begin();
        } catch (RuntimeException | Error failure) {
            engine.close();
            throw failure;
        }
        return engine;
    }

    private static Engine replayed(Parts parts, EngineSettings settings, ReplayListener listener) {
        try {
            var log = new Replay(parts.store(), settings.page());
            ModelSnapshots snapshots = parts.store().snapshots();
            OrchestrationReadModel kept = snapshots.newest();
            var keeper = new SnapshotKeeper(snapshots, kept.sequence());
            return new Engine(parts, settings, keeper, log.catchUp(kept, listener));
        } catch (RuntimeException | Error failure) {
            parts.store().close();
            throw failure;
        }
    }

    private void tell(Subscriber subscriber) {
        var telling = new Telling(subscriber, feed);
        tellings.add(telling);
        telling.start();
    }

    private void begin() {
        if (node != null) {
            node.open();
            return;
        }
        Term only = newTerm(Tenure.endless());
        term = only;
        only.begin();
    }

    @Override
    public NodeRole role() {
        return node == null ? new NodeRole.Alone() : node.role();
    }

    @Override
    public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
        Term now = term;
        return now == null ? CompletableFuture.completedFuture(absent()) : now.dispatch(envelope);
    }

    @Override
    public CompletableFuture<DispatchResult> submit(OrchestrationCommand command)
            throws InterruptedException {
        Term now = term;
        return now == null ? CompletableFuture.completedFuture(absent()) : now.submit(command);
    }

    private DispatchResult absent() {
        return closed || node == null
                ? Term.CLOSED
                : new DispatchResult.NotTheWriter(node.writer());
    }

    @Override
    public OrchestrationReadModel model() {
        return feed.model();
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        return feed.subscribe(afterSequence);
    }

    @Override
    public List<StoredEvent> page(long afterSequence, int limit) {
        return feed.page(afterSequence, limit);
    }

    @Override
    public OrchestrationReadModel modelAt(long sequence, ReplayListener listener) {
        return new Replay(parts.store(), settings.page()).at(sequence, listener);
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return parts.store().receiptAt(sequence);
    }

    /** Waits until no reactor has anything to do, and nothing new came while they were asked. */
    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        Term now = term;
        return now == null || now.drain(timeout);
    }

    @Override
    public CompactionReport compact(CompactionOptions options, LogProgress progress)
            throws InterruptedException {
        compacting.lockInterruptibly();
        try {
            LogRewriting rewriting = parts.store().rewriting();
            LogRoom before = rewriting.room();
            Instant at = parts.clock().instant();
            var limits =
                    new Compaction.Limits(
                            at,
                            options.olderThan().isZero()
                                    ? Instant.MAX
                                    : at.minus(options.olderThan()),
                            options.keep(),
                            at.minus(options.keepDeleted()));
            Compaction.Outcome outcome =
                    new Compaction(parts.store(), this, feed.model(), limits).run(progress);
            if (outcome.stretches() > 0) {
                parts.store()
                        .snapshots()
                        .keep(feed.model()); // the one before may stand within a stretch
            }
            String stopped = outcome.stopped();
            if (options.giveBack()) {
                stopped = (stopped + " " + giveBack(rewriting)).strip();
            }
            return new CompactionReport(
                    outcome.stretches(),
                    outcome.facts(),
                    outcome.absorbed(),
                    before.taken(),
                    rewriting.room().taken(),
                    stopped);
        } finally {
            compacting.unlock();
        }
    }

    /** Why room that is empty stays with the log; empty when it does not. */
    private static String giveBack(LogRewriting rewriting) {
        LogRoom room = rewriting.room();
        if (room.empty() > 0 && room.free() < room.needed()) {
            return """
            %d bytes of the log are empty and stay with it: to give them back needs %d \
            bytes on the way, and the disk has %d left. Free some space, and compact it \
            again.\
            """
                    .formatted(room.empty(), room.needed(), room.free());
        }
        rewriting.giveBack(LogProgress.SILENT);
        return "";
    }

    /**
     * Ends everything in order: no more commands of people, reactors closed with their last reports
     * taken in, the rest stored and answered, subscriptions ended, the store closed. Subscribers
     * have a few seconds to hear the rest. Another node that follows the log takes over at once.
     * Whoever calls it while it runs waits for its end; after it every command is answered as
     * unavailable.
     */
    @Override
    public void close() {
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                endTerm();
                feed.end();
                snapshots.close(feed.model());
                parts.store().close();
                long deadline = System.nanoTime() + FAREWELL.toNanos();
                tellings.forEach(telling -> telling.finish(deadline));
            }
        } finally {
            closing.unlock();
        }
    }

    private void endTerm() {
        Term last = term;
        if (node != null) {
            node.close();
        } else if (last != null) {
            last.close();
        }
    }
}
