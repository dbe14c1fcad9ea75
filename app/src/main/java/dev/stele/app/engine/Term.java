package dev.stele.app.engine;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.AcceptLogLoss;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.ChangeWriter;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A writer's term: a mailbox, the one who writes, and reactors of its own. A log that is not shared
 * has one term from its opening to its end. Thread-safe; begun once and ended once.
 */
final class Term implements CommandGateway {
    private static final Logger LOG = LoggerFactory.getLogger(Term.class);

    /** The answer after the end. */
    static final DispatchResult CLOSED =
            new DispatchResult.Unavailable("Stele is closed; open it again and send it then.");

    private final Engine.Parts parts;
    private final Tenure tenure;
    private final LogFeed feed;
    private final Mailbox mailbox;
    private final Thread writer;
    private final List<Reactor> running = new CopyOnWriteArrayList<>();
    private final ReentrantLock starting = new ReentrantLock();

    /** What the reactors see, once the term has begun; guarded by the lock, as the next is. */
    private @Nullable EventFeed view;

    private boolean ended;

    /**
     * A term that has not begun.
     *
     * @param parts what the engine works with
     * @param settings its bounds
     * @param feed where facts are published; it stands at the log's end
     * @param snapshots hears of new models
     * @param tenure ends it
     */
    Term(
            Engine.Parts parts,
            EngineSettings settings,
            LogFeed feed,
            SnapshotKeeper snapshots,
            Tenure tenure) {
        this.parts = parts;
        this.tenure = tenure;
        this.feed = feed;
        this.mailbox = new Mailbox(settings.commandRoom(), settings.reportRoom());
        var work =
                new Writer(
                        mailbox, parts.store(), feed, snapshots, settings, parts.clock(), tenure);
        this.writer = Thread.ofPlatform().name("stele-writer").unstarted(work);
    }

    /** Begins a term that no other came before: of a log that is not shared. */
    void begin() {
        writer.start();
        startReactors(feed);
    }

    /**
     * Begins the term of a node that has just taken the lease: the log says so first, then the
     * reactors start with what is this node's to do.
     *
     * @throws StoreException when the log does not take it in
     */
    void beginOnNode() {
        writer.start();
        var change = new ChangeWriter(tenure.node(), tenure.token(), parts.clock().instant());
        var letter = new Letter(change, null);
        if (mailbox.offerCommand(letter) != Mailbox.Posting.TAKEN
                || !(letter.answer().join() instanceof DispatchResult.Accepted)) {
            throw new StoreException(
                    "The node %s cannot begin to write: %s."
                            .formatted(tenure.node(), letter.answer().getNow(CLOSED)),
                    null);
        }
        startReactors(new NodeFeed(feed, tenure.node()));
    }

    private void startReactors(EventFeed seen) {
        starting.lock();
        try {
            view = seen;
            startReactors();
        } finally {
            starting.unlock();
        }
    }

    /** They work on a log that takes in what they report, and wait for it. */
    private void startReactors() {
        EventFeed seen = view;
        if (ended || seen == null || !running.isEmpty() || !feed.model().log().isReadable()) {
            return;
        }
        for (Reactor reactor : parts.reactors().get()) {
            running.add(reactor);
            reactor.start(this, seen);
        }
    }

    private DispatchResult goOn(DispatchResult afterLoss) {
        starting.lock();
        try {
            startReactors();
        } finally {
            starting.unlock();
        }
        return afterLoss;
    }

    Tenure tenure() {
        return tenure;
    }

    @Override
    public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
        try {
            String fingerprint = parts.codec().fingerprint(envelope.command());
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

    private CompletableFuture<DispatchResult> reply(Letter letter, Mailbox.Posting posting) {
        return switch (posting) {
            case TAKEN -> letter.answer();
            case FULL -> CompletableFuture.completedFuture(new DispatchResult.Overloaded());
            case CLOSED ->
                    CompletableFuture.completedFuture(tenure.isHeld() ? CLOSED : tenure.tooLate());
        };
    }

    /** Waits until no reactor has anything to do, and nothing new came while they were asked. */
    boolean drain(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long before;
        do {
            before = feed.model().sequence();
            for (Reactor reactor : List.copyOf(running)) {
                if (!reactor.drain(Duration.ofNanos(deadline - System.nanoTime()))) {
                    return false;
                }
            }
        } while (feed.model().sequence() != before);
        return true;
    }

    /** Ends it in order: reactors are closed with their last reports taken in. */
    void close() {
        mailbox.closeCommands();
        closeReactors();
        mailbox.close();
        join(writer);
    }

    /** Ends it at once, since another node may write soon: nothing more is taken in. */
    void abandon() {
        tenure.end(null);
        mailbox.close();
        closeReactors();
        join(writer);
    }

    private void closeReactors() {
        starting.lock();
        try {
            ended = true;
            running.reversed().forEach(Term::close);
            running.clear();
        } finally {
            starting.unlock();
        }
    }

    private static void close(Reactor reactor) {
        try {
            reactor.close();
        } catch (RuntimeException failure) {
            LOG.warn("The reactor {} did not close in order", reactor.name(), failure);
        }
    }

    /** Waits for the end of a thread; an interrupt waits, too. */
    static void join(Thread thread) {
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
