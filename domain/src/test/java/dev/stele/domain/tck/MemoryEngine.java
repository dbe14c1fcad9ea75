package dev.stele.domain.tck;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.decide.Decider;
import dev.stele.domain.decide.Decision;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.project.Projector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What an engine is to a reactor, in memory: the real decider and projector behind one lock, with a
 * log that only grows. It can be out of order for a while. Thread-safe.
 */
public final class MemoryEngine implements CommandGateway, EventFeed {
    private static final CheckpointStats NOTHING = new CheckpointStats(0, 0, List.of());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<StoredEvent> log = new ArrayList<>();
    private final List<OrchestrationCommand> submitted = new ArrayList<>();
    private final Map<TurnId, Long> marks = new HashMap<>();
    private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
    private boolean takesCheckpoints;
    private boolean out;
    private int refusals;

    /** An engine with an empty log. */
    public MemoryEngine() {}

    /**
     * Says whether it plays the part of git: then every turn's checkpoints become ready by
     * themselves, without anything being kept.
     *
     * @param takes whether it does so, for turns that wait already, too
     */
    public void takeCheckpoints(boolean takes) {
        lock.lock();
        try {
            takesCheckpoints = takes;
            playGit();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says whether submissions are answered as unavailable, as by an engine whose store fails.
     *
     * @param isOut whether they are
     */
    public void setOut(boolean isOut) {
        lock.lock();
        try {
            out = isOut;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many submissions have been answered as unavailable} */
    public int refusals() {
        lock.lock();
        try {
            return refusals;
        } finally {
            lock.unlock();
        }
    }

    /** {@return every command that was submitted and not answered as unavailable, in order} */
    public List<OrchestrationCommand> submitted() {
        lock.lock();
        try {
            return List.copyOf(submitted);
        } finally {
            lock.unlock();
        }
    }

    /** {@return all facts, in order} */
    public List<OrchestrationEvent> facts() {
        lock.lock();
        try {
            return log.stream().map(StoredEvent::event).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public OrchestrationReadModel model() {
        lock.lock();
        try {
            return model;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(decide(envelope.command()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletableFuture<DispatchResult> submit(OrchestrationCommand command)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return CompletableFuture.completedFuture(out ? refusal() : take(command));
        } finally {
            lock.unlock();
        }
    }

    private DispatchResult refusal() {
        refusals++;
        changed.signalAll();
        return new DispatchResult.Unavailable("The engine in memory is out of order.");
    }

    private DispatchResult take(OrchestrationCommand command) {
        submitted.add(command);
        if (command instanceof IngestProviderEvent said) {
            TurnId turnId = said.turnId();
            if (turnId != null && said.providerSequence() > 0) {
                return takeInOrder(said, turnId);
            }
        }
        return decide(command);
    }

    private DispatchResult takeInOrder(IngestProviderEvent said, TurnId turnId) {
        long mark = marks.getOrDefault(turnId, 0L);
        if (said.providerSequence() <= mark) {
            return new DispatchResult.Accepted(model.sequence() + 1, model.sequence());
        }
        if (said.providerSequence() > mark + 1) {
            return new DispatchResult.Unavailable("An earlier event of the turn is missing.");
        }
        marks.put(turnId, said.providerSequence());
        return decide(said);
    }

    private DispatchResult decide(OrchestrationCommand command) {
        return switch (Decider.decide(command, model)) {
            case Decision.Accepted(var events) -> {
                long before = model.sequence();
                events.forEach(this::append);
                long after = model.sequence();
                playGit();
                changed.signalAll();
                yield new DispatchResult.Accepted(before + 1, after);
            }
            case Decision.Rejected(var error) -> new DispatchResult.Rejected(error);
        };
    }

    private void append(OrchestrationEvent event) {
        var stored = new StoredEvent(model.sequence() + 1, event, Instant.now());
        log.add(stored);
        model = Projector.project(model, stored);
    }

    private void playGit() {
        if (!takesCheckpoints) {
            return;
        }
        for (var work : model.lanes().open().values()) {
            Turn turn = work instanceof TurnWork(_, var id) ? model.turn(id) : null;
            if (turn != null && model.lanes().isReady(turn.ticket())) {
                take(CheckpointId.before(turn.id()), turn);
                if (!turn.state().isLive()) {
                    take(CheckpointId.after(turn.id()), turn);
                }
            }
        }
    }

    private void take(CheckpointId id, Turn turn) {
        if (model.checkpoint(id) == null) {
            decide(new CreateCheckpoint(id, turn.threadId(), turn.id(), "kept", Instant.now()));
        }
        Checkpoint checkpoint = model.checkpoint(id);
        if (checkpoint != null && checkpoint.isPending()) {
            decide(new AssignCheckpointGitRef(id, "refs/kit/" + id, NOTHING, Instant.now()));
        }
    }

    /**
     * Waits until this engine is as wanted.
     *
     * @param what is wanted, in words
     * @param wanted looked at after every change
     * @param patience how long to wait at most
     * @throws AssertionError when it does not come
     */
    public void await(String what, Predicate<MemoryEngine> wanted, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!wanted.test(this)) {
                if (left <= 0) {
                    throw new AssertionError("Never came: " + what + ". The log is " + facts());
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting: " + what, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        lock.lock();
        try {
            if (afterSequence < 0 || afterSequence > log.size()) {
                throw new IllegalArgumentException("there is no place " + afterSequence);
            }
            return new Subscription((int) afterSequence);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<StoredEvent> page(long afterSequence, int limit) {
        lock.lock();
        try {
            if (afterSequence < 0 || limit < 1) {
                throw new IllegalArgumentException("there is no such page");
            }
            long end = Math.min(log.size(), afterSequence + limit);
            return afterSequence < end
                    ? List.copyOf(log.subList((int) afterSequence, (int) end))
                    : List.of();
        } finally {
            lock.unlock();
        }
    }

    private final class Subscription implements EventSubscription {
        private int position;
        private boolean closed;

        Subscription(int position) {
            this.position = position;
        }

        @Override
        public List<StoredEvent> next(Duration timeout) throws InterruptedException {
            long left = timeout.toNanos();
            lock.lockInterruptibly();
            try {
                while (log.size() == position && !closed && left > 0) {
                    left = changed.awaitNanos(left);
                }
                List<StoredEvent> news =
                        closed ? List.of() : List.copyOf(log.subList(position, log.size()));
                position += news.size();
                return news;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long position() {
            lock.lock();
            try {
                return position;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean isClosed() {
            lock.lock();
            try {
                return closed;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
