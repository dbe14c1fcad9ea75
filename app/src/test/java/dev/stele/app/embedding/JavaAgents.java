package dev.stele.app.embedding;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteCleanup;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.Reactor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A provider whose agents are pieces of Java in this process. */
final class JavaAgents implements Reactor {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Map<String, JavaAgent> agents;
    private final Map<TurnId, JavaTurn> turns = new HashMap<>();
    private final Set<OperationId> cleaned = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition looked = lock.newCondition();
    private @Nullable EventFeed feed;
    private @Nullable Thread worker;
    private long seen = -1;
    private boolean busy;

    JavaAgents(Map<String, JavaAgent> agents) {
        this.agents = Map.copyOf(agents);
    }

    @Override
    public String name() {
        return "java agents";
    }

    @Override
    public void start(CommandGateway gateway, EventFeed news) {
        var reporting = new Reporting(gateway);
        OrchestrationReadModel model = news.model();
        try {
            for (Turn turn : live(model)) {
                reporting.untilTaken(stopped(turn));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the start", e);
        }
        EventSubscription facts = news.subscribe(model.sequence());
        feed = news;
        worker = Thread.ofVirtual().start(() -> follow(facts, news, reporting));
    }

    /** The sequence 0 says that the turn's own count died with its process. */
    private static IngestProviderEvent stopped(Turn turn) {
        var error =
                ProviderError.of(
                        ProviderError.Scope.PROCESS,
                        ProviderError.Kind.CRASH,
                        "The program was stopped during the turn; send the prompt again.");
        return new IngestProviderEvent(
                turn.threadId(), turn.id(), 0, new ProviderEvent.Error(error), Instant.now());
    }

    private void follow(EventSubscription facts, EventFeed news, Reporting reporting) {
        try (facts) {
            while (!facts.isClosed()) {
                facts.next(LOOK_EVERY).forEach(fact -> hear(fact.event()));
                look(news.model(), reporting);
                show(facts.position());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(long position) {
        lock.lock();
        try {
            seen = position;
            busy = !turns.isEmpty();
            looked.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void hear(OrchestrationEvent event) {
        switch (event) {
            case ActionApproved(var turn, var action, _, _, _) -> answer(turn, action, true);
            case ActionRejected(var turn, var action, _, _, _, _) -> answer(turn, action, false);
            default -> {}
        }
    }

    private void answer(TurnId turnId, ActionId action, boolean allowed) {
        JavaTurn turn = turns.get(turnId);
        if (turn != null) {
            turn.answer(action, allowed);
        }
    }

    /** Begins and ends what the model asks for, each once. */
    private void look(OrchestrationReadModel model, Reporting reporting)
            throws InterruptedException {
        for (Turn turn : live(model)) {
            JavaTurn known = turns.get(turn.id());
            if (turn.state() instanceof TurnState.Draining) {
                if (known == null) {
                    add(turn, null, reporting).startCancelled();
                } else {
                    known.cancel();
                }
            } else if (known == null && mayBegin(turn, model)) {
                add(turn, agent(turn, model), reporting).start();
            }
        }
        for (JavaTurn turn : turns.values()) {
            if (model.turn(turn.id()) == null) {
                turn.cancel();
            }
        }
        turns.values().removeIf(turn -> turn.isOver() && isOver(model.turn(turn.id())));
        cleanUp(model, reporting);
    }

    private JavaTurn add(Turn turn, @Nullable JavaAgent agent, Reporting reporting) {
        var added = new JavaTurn(turn, agent, reporting);
        turns.put(turn.id(), added);
        return added;
    }

    private @Nullable JavaAgent agent(Turn turn, OrchestrationReadModel model) {
        ChatThread thread = model.thread(turn.threadId());
        return thread == null ? null : agents.get(thread.agent());
    }

    private static boolean mayBegin(Turn turn, OrchestrationReadModel model) {
        Checkpoint before = model.checkpoint(CheckpointId.before(turn.id()));
        return before != null && !before.isPending() && model.lanes().isReady(turn.ticket());
    }

    private static boolean isOver(@Nullable Turn turn) {
        return turn == null || !turn.state().isLive();
    }

    private static List<Turn> live(OrchestrationReadModel model) {
        var live = new ArrayList<Turn>();
        for (var work : model.lanes().open().values()) {
            Turn turn = work instanceof TurnWork(_, var id) ? model.turn(id) : null;
            if (turn != null && turn.state().isLive()) {
                live.add(turn);
            }
        }
        return live;
    }

    /** A deleted thread's turns were cancelled above; nothing else of it is left. */
    private void cleanUp(OrchestrationReadModel model, Reporting reporting)
            throws InterruptedException {
        for (OperationId id : model.openOperations()) {
            if (model.operation(id) instanceof Operation.Cleanup cleanup
                    && cleanup.subject() == Operation.Cleanup.Subject.AGENT
                    && cleaned.add(id)) {
                reporting.untilTaken(new CompleteCleanup(id, Instant.now()));
            }
        }
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        long target = feed == null ? -1 : feed.model().sequence();
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while ((seen < target || busy) && left > 0) {
                left = looked.awaitNanos(left);
            }
            return seen >= target && !busy;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        if (worker == null) {
            return;
        }
        try {
            worker.interrupt();
            worker.join();
            for (JavaTurn turn : turns.values()) {
                turn.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
