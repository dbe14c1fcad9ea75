package dev.stele.app.engine;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.AcceptLogLoss;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.ModelSnapshots;
import dev.stele.domain.port.Reactor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in and the one way out of a log: commands are decided by one writer, become durable
 * in one transaction for all that has come, and are published only then. Thread-safe.
 */
public final class Engine implements CommandGateway, EventFeed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final DispatchResult CLOSED =
            new DispatchResult.Unavailable("Stele is closed; open it again and send it then.");

    private final EventStore store;
    private final Codec codec;
    private final LogFeed feed;
    private final Mailbox mailbox;
    private final SnapshotKeeper snapshots;
    private final Thread writer;
    private final List<Telling> tellings = new ArrayList<>();
    private final List<Reactor> running = new CopyOnWriteArrayList<>();
    private final List<Reactor> waiting;
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed;

    private Engine(
            Parts parts,
            EngineSettings settings,
            SnapshotKeeper snapshots,
            OrchestrationReadModel model) {
        this.store = parts.store();
        this.codec = parts.codec();
        this.waiting = new ArrayList<>(parts.reactors());
        this.feed = new LogFeed(store, model, settings);
        this.snapshots = snapshots;
        this.mailbox = new Mailbox(settings.commandRoom(), settings.reportRoom());
        var work = new Writer(mailbox, store, feed, snapshots, settings, parts.clock());
        this.writer = Thread.ofPlatform().name("stele-writer").unstarted(work);
    }

    /**
     * What an engine works with. It owns the store and the reactors, and closes them.
     *
     * @param store the log
     * @param codec tells repeats of a command from others
     * @param reactors what does outside work, in the order of their start
     * @param clock gives the time of storing
     * @param subscribers who is told of every fact
     */
    public record Parts(
            EventStore store,
            Codec codec,
            List<Reactor> reactors,
            InstantSource clock,
            List<Subscriber> subscribers) {
        /** Makes the lists immutable. */
        public Parts {
            reactors = List.copyOf(reactors);
            subscribers = List.copyOf(subscribers);
        }
    }

    /**
     * {@return an engine at work: the log is replayed from the newest snapshot on, and every
     * reactor has taken over what an earlier process left open} Subscribers hear of that, too. When
     * it fails, everything is closed again. With a log that cannot be read whole, reactors are
     * started when the loss is accepted.
     *
     * @param parts what it works with
     * @param settings its bounds
     * @param listener hears how far the replay is
     * @throws dev.stele.domain.port.StoreException when the log cannot be read
     * @throws IllegalArgumentException when a subscriber begins beyond the log's end
     */
    public static Engine open(Parts parts, EngineSettings settings, ReplayListener listener) {
        Engine engine = replayed(parts, settings, listener);
        engine.writer.start();
        try {
            parts.subscribers().forEach(engine::tell);
            engine.startReactors();
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

    /** They work on a log that takes in what they report, and wait for it. */
    private void startReactors() {
        while (!waiting.isEmpty() && model().log().isReadable()) {
            Reactor reactor = waiting.removeFirst();
            running.add(reactor);
            reactor.start(this, feed);
        }
    }

    private DispatchResult goOn(DispatchResult afterLoss) {
        closing.lock();
        try {
            if (!closed) {
                startReactors();
            }
        } finally {
            closing.unlock();
        }
        return afterLoss;
    }

    @Override
    public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
        try {
            String fingerprint = codec.fingerprint(envelope.command());
            var signature = new Letter.Signature(envelope.commandId(), fingerprint);
            var letter = new Letter(envelope.command(), signature);
            CompletableFuture<DispatchResult> answer = reply(letter, mailbox.offerCommand(letter));
            return envelope.command() instanceof AcceptLogLoss
                    ? answer.thenApplyAsync(this::goOn, Thread::startVirtualThread)
                    : answer;
        } catch (IllegalArgumentException unencodable) {
            return CompletableFuture.completedFuture(
                    new DispatchResult.Unencodable(String.valueOf(unencodable.getMessage())));
        }
    }

    @Override
    public CompletableFuture<DispatchResult> submit(OrchestrationCommand command)
            throws InterruptedException {
        var letter = new Letter(command, null);
        return reply(letter, mailbox.putReport(letter));
    }

    private static CompletableFuture<DispatchResult> reply(Letter letter, Mailbox.Posting posting) {
        return switch (posting) {
            case TAKEN -> letter.answer();
            case FULL -> CompletableFuture.completedFuture(new DispatchResult.Overloaded());
            case CLOSED -> CompletableFuture.completedFuture(CLOSED);
        };
    }

    @Override
    public OrchestrationReadModel model() {
        return feed.model();
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        return feed.subscribe(afterSequence);
    }

    /**
     * Waits until no reactor has anything to do, and nothing new came while they were asked.
     *
     * @param timeout how long to wait at most
     * @return whether it is quiet
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long before;
        do {
            before = model().sequence();
            for (Reactor reactor : running) {
                if (!reactor.drain(Duration.ofNanos(deadline - System.nanoTime()))) {
                    return false;
                }
            }
        } while (model().sequence() != before);
        return true;
    }

    /**
     * Ends everything in order: no more commands of people, reactors closed with their last reports
     * taken in, the rest stored and answered, subscriptions ended, the store closed. Subscribers
     * have a few seconds to hear the rest. Whoever calls it while it runs waits for its end; after
     * it every command is answered as unavailable.
     */
    @Override
    public void close() {
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                mailbox.closeCommands();
                running.reversed().forEach(Engine::close);
                mailbox.close();
                join(writer);
                feed.end();
                snapshots.close(feed.model());
                store.close();
                long deadline = System.nanoTime() + FAREWELL.toNanos();
                tellings.forEach(telling -> telling.finish(deadline));
            }
        } finally {
            closing.unlock();
        }
    }

    private static void close(Reactor reactor) {
        try {
            reactor.close();
        } catch (RuntimeException failure) {
            LOG.warn("The reactor {} did not close in order", reactor.name(), failure);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
