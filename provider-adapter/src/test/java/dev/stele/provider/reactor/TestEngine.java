package dev.stele.provider.reactor;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * An engine in memory: the real decider and projector behind one lock. It settles the checkpoints
 * of turns itself, keeps the marks of provider events, and can be out of order or full for a while.
 */
final class TestEngine implements CommandGateway, EventFeed {
    private static final CheckpointStats NOTHING = new CheckpointStats(0, 0, List.of());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<StoredEvent> log = new ArrayList<>();
    private final Map<TurnId, Long> marks = new HashMap<>();
    private final List<IngestProviderEvent> ingested = new ArrayList<>();
    private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;
    private boolean settlesCheckpoints = true;
    private boolean out;
    private int failures;
    private boolean full;

    /** Whether submissions fail. */
    void setOut(boolean isOut) {
        locked(() -> out = isOut);
    }

    /** How many submissions have failed. */
    int failures() {
        lock.lock();
        try {
            return failures;
        } finally {
            lock.unlock();
        }
    }

    /** Whether submitters have to wait. */
    void setFull(boolean isFull) {
        locked(() -> full = isFull);
    }

    /** Leaves checkpoints pending, or settles them from now on. */
    void settleCheckpoints(boolean settles) {
        locked(() -> {
            settlesCheckpoints = settles;
            settle();
        });
    }

    /** Every provider event that was taken in. */
    List<IngestProviderEvent> ingested() {
        lock.lock();
        try {
            return List.copyOf(ingested);
        } finally {
            lock.unlock();
        }
    }

    /** The facts so far. */
    List<OrchestrationEvent> facts() {
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
            while (full) {
                changed.await();
            }
            if (out) {
                failures++;
                return CompletableFuture.completedFuture(new DispatchResult.Unavailable("out"));
            }
            return CompletableFuture.completedFuture(
                    command instanceof IngestProviderEvent event ? ingest(event) : decide(command));
        } finally {
            lock.unlock();
        }
    }

    private DispatchResult ingest(IngestProviderEvent event) {
        TurnId turnId = event.turnId();
        if (turnId != null && event.providerSequence() > 0) {
            long mark = marks.getOrDefault(turnId, 0L);
            if (event.providerSequence() <= mark) {
                return new DispatchResult.Accepted(model.sequence() + 1, model.sequence());
            }
            if (event.providerSequence() > mark + 1) {
                return new DispatchResult.Unavailable("an earlier event of the turn is missing");
            }
            marks.put(turnId, event.providerSequence());
        }
        ingested.add(event);
        return decide(event);
    }

    private DispatchResult decide(OrchestrationCommand command) {
        return switch (Decider.decide(command, model)) {
            case Decision.Accepted(var events) -> {
                long before = model.sequence();
                events.forEach(this::append);
                long after = model.sequence();
                settle();
                changed.signalAll();
                yield new DispatchResult.Accepted(before + 1, after);
            }
            case Decision.Rejected(var error) -> new DispatchResult.Rejected(error);
        };
    }

    private void append(OrchestrationEvent event) {
        var stored = new StoredEvent(model.sequence() + 1, event, now());
        log.add(stored);
        model = Projector.project(model, stored);
    }

    private void settle() {
        if (!settlesCheckpoints) {
            return;
        }
        for (var work : model.lanes().open().values()) {
            Turn turn = work instanceof TurnWork(_, var id) ? model.turn(id) : null;
            if (turn != null) {
                settle(CheckpointId.before(turn.id()), turn);
                if (!turn.state().isLive()) {
                    settle(CheckpointId.after(turn.id()), turn);
                }
            }
        }
    }

    private void settle(CheckpointId id, Turn turn) {
        if (model.checkpoint(id) == null) {
            decide(new CreateCheckpoint(id, turn.threadId(), turn.id(), "test", now()));
        }
        Checkpoint checkpoint = model.checkpoint(id);
        if (checkpoint != null && checkpoint.isPending() && model.lanes().isReady(turn.ticket())) {
            decide(new AssignCheckpointGitRef(id, "refs/test/" + id, NOTHING, now()));
        }
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        return new Subscription(afterSequence);
    }

    @Override
    public List<StoredEvent> page(long afterSequence, int limit) {
        lock.lock();
        try {
            int start = (int) Math.min(log.size(), afterSequence);
            return List.copyOf(
                    log.subList(start, (int) Math.min(log.size(), start + (long) limit)));
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    static Instant now() {
        return Instant.now();
    }

    private final class Subscription implements EventSubscription {
        private long position;
        private boolean closed;

        Subscription(long position) {
            this.position = position;
        }

        @Override
        public List<StoredEvent> next(Duration timeout) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = timeout.toNanos();
                while (log.size() == position && !closed && left > 0) {
                    left = changed.awaitNanos(left);
                }
                List<StoredEvent> news = List.copyOf(log.subList((int) position, log.size()));
                position = log.size();
                return closed ? List.of() : news;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long position() {
            return position;
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
            locked(() -> closed = true);
        }
    }

    /** Waits for something within half a minute. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never came: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }
}
