package dev.stele.git.testing;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.decide.Decider;
import dev.stele.domain.decide.Decision;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.project.Projector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The real decider and projector over a list of facts: what an engine is to a reactor, without a
 * store.
 */
public final class FakeEngine implements CommandGateway, EventFeed {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final List<StoredEvent> log = new ArrayList<>();
    private final List<OrchestrationCommand> commands = new ArrayList<>();
    private final Deque<DispatchResult> obstacles = new ArrayDeque<>();
    private OrchestrationReadModel model = OrchestrationReadModel.EMPTY;

    @Override
    public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
        return submit(envelope.command());
    }

    @Override
    public synchronized CompletableFuture<DispatchResult> submit(OrchestrationCommand command) {
        commands.add(command);
        DispatchResult obstacle = obstacles.poll();
        return CompletableFuture.completedFuture(obstacle == null ? decide(command) : obstacle);
    }

    private DispatchResult decide(OrchestrationCommand command) {
        return switch (Decider.decide(command, model)) {
            case Decision.Rejected(var error) -> new DispatchResult.Rejected(error);
            case Decision.Accepted(var events) -> {
                long first = log.size() + 1L;
                events.forEach(this::append);
                notifyAll();
                yield new DispatchResult.Accepted(first, log.size());
            }
        };
    }

    private void append(OrchestrationEvent event) {
        var stored = new StoredEvent(log.size() + 1L, event, AT);
        log.add(stored);
        model = Projector.project(model, stored);
    }

    /** Sends a command that must be accepted. */
    public FakeEngine accept(OrchestrationCommand command) {
        DispatchResult result = submit(command).join();
        if (!(result instanceof DispatchResult.Accepted)) {
            throw new AssertionError(command + ": " + result);
        }
        return this;
    }

    /** The next commands get these answers and nothing else happens. */
    public synchronized void answerNext(DispatchResult... results) {
        obstacles.addAll(List.of(results));
    }

    /** All commands so far. */
    public synchronized List<OrchestrationCommand> commands() {
        return List.copyOf(commands);
    }

    /** All facts so far. */
    public synchronized List<OrchestrationEvent> events() {
        return log.stream().map(StoredEvent::event).toList();
    }

    @Override
    public synchronized OrchestrationReadModel model() {
        return model;
    }

    /** Waits until the model is as wanted. */
    public synchronized OrchestrationReadModel await(Predicate<OrchestrationReadModel> wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wanted.test(model)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("waited in vain; the log is " + events());
            }
            waitFor(left);
        }
        return model;
    }

    /** Its caller looks again and again. */
    @SuppressWarnings("WaitNotInLoop")
    private void waitFor(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public EventSubscription subscribe(long afterSequence) {
        return new Subscription(afterSequence);
    }

    @Override
    public synchronized List<StoredEvent> page(long afterSequence, int limit) {
        int start = (int) Math.min(log.size(), afterSequence);
        return List.copyOf(log.subList(start, (int) Math.min(log.size(), start + (long) limit)));
    }

    private final class Subscription implements EventSubscription {
        private long position;
        private boolean closed;

        Subscription(long position) {
            this.position = position;
        }

        @Override
        @SuppressWarnings("WaitNotInLoop")
        public List<StoredEvent> next(Duration timeout) throws InterruptedException {
            synchronized (FakeEngine.this) {
                if (!closed && position == log.size()) {
                    FakeEngine.this.wait(timeout.toMillis());
                }
                List<StoredEvent> news = List.copyOf(log.subList((int) position, log.size()));
                position = log.size();
                return closed ? List.of() : news;
            }
        }

        @Override
        public long position() {
            synchronized (FakeEngine.this) {
                return position;
            }
        }

        @Override
        public boolean isClosed() {
            synchronized (FakeEngine.this) {
                return closed;
            }
        }

        @Override
        public void close() {
            synchronized (FakeEngine.this) {
                closed = true;
                FakeEngine.this.notifyAll();
            }
        }
    }
}
