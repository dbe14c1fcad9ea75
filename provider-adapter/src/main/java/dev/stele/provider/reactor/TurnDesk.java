package dev.stele.provider.reactor;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteCleanup;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Lanes;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the model asks for with what has been begun, and begins what is missing: nothing
 * twice. {@link #look} and {@link #hear} are for one thread; all else may come from any.
 */
final class TurnDesk {
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(20);

    private final Agency agency;
    private final CommandGateway gateway;
    private final EventFeed feed;
    private final InstantSource clock;
    private final Map<ThreadId, ThreadAgent> agents = new ConcurrentHashMap<>();
    private final Map<TurnId, TurnRun> runs = new ConcurrentHashMap<>();
    private final Set<OperationId> cleaning = ConcurrentHashMap.newKeySet();
    private final Set<Thread> cleaners = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long seen;
    private volatile boolean closed;

    TurnDesk(Agency agency, CommandGateway gateway, EventFeed feed, InstantSource clock) {
        this.agency = agency;
        this.gateway = gateway;
        this.feed = feed;
        this.clock = clock;
        Thread.ofVirtual().name("idle-agents").start(this::endIdleAgents);
    }

    private void endIdleAgents() {
        Duration limit = agency.limits().idle();
        Duration quarter = limit.dividedBy(4);
        Duration pause = quarter.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : quarter;
        try {
            while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                agency.slots().restingFor(limit).forEach(ThreadAgent::retire);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts it", e);
        }
    }

    /** Takes in an answer of a person or a policy; everything else shows in the model. */
    void hear(OrchestrationEvent event) {
        if (event instanceof ActionApproved approved) {
            TurnRun run = runs.get(approved.turnId());
            if (run != null) {
                run.answer(approved.actionId(), approved.optionId());
            }
        } else if (event instanceof ActionRejected rejected) {
            TurnRun run = runs.get(rejected.turnId());
            if (run != null) {
                run.answer(rejected.actionId(), rejected.optionId());
            }
        }
    }

    /** Begins what the model asks for. */
    void look(OrchestrationReadModel model) {
        if (closed) {
            return;
        }
        for (Lanes.Work work : model.lanes().open().values()) {
            Turn turn = work instanceof TurnWork(_, var id) ? model.turn(id) : null;
            if (turn != null) {
                look(turn, work.directory(), model);
            }
        }
        runs.keySet().removeIf(id -> isOver(model.turn(id)));
        for (OperationId id : model.openOperations()) {
            if (model.operation(id) instanceof Operation.Cleanup cleanup
                    && cleanup.subject() == Operation.Cleanup.Subject.AGENT) {
                clean(cleanup);
            }
        }
    }

    private static boolean isOver(@Nullable Turn turn) {
        return turn == null || !turn.state().isLive();
    }

    private void look(Turn turn, String directory, OrchestrationReadModel model) {
        Transcript.Live said = turn.live();
        if (said == null) {
            return;
        }
        TurnRun run = runs.get(turn.id());
        switch (turn.state()) {
            case TurnState.Open() -> {
                if (run == null && mayBegin(turn, model)) {
                    begin(newRun(turn, said, model), directory, model);
                }
            }
            case TurnState.Draining _ -> {
                if (run == null) {
                    TurnRun neverPrompted = newRun(turn, said, model);
                    neverPrompted.cancel();
                    begin(neverPrompted, directory, model);
                } else {
                    run.cancel();
                }
            }
            case TurnState.Interrupted _, TurnState.Completed _, TurnState.Failed _ -> {}
        }
    }

    private static boolean mayBegin(Turn turn, OrchestrationReadModel model) {
        Checkpoint before = model.checkpoint(CheckpointId.before(turn.id()));
        return before != null && !before.isPending() && model.lanes().isReady(turn.ticket());
    }

    private TurnRun newRun(Turn turn, Transcript.Live said, OrchestrationReadModel model) {
        List<MessageContent> prompt = said.messages().head().content();
        Intake intake = agent(turn.threadId()).intake();
        var run =
                new TurnRun(
                        turn.id(),
                        turn.parent(),
                        prompt,
                        knowingSession(turn, model),
                        () -> Retelling.upTo(feed, turn.parent()),
                        intake);
        runs.put(turn.id(), run);
        return run;
    }

    /**
     * The agent's session that knows all that was said before a turn, and nothing else: the
     * thread's newest one, when the turn follows the one that was begun last.
     */
    private static @Nullable String knowingSession(Turn turn, OrchestrationReadModel model) {
        ChatThread thread = model.thread(turn.threadId());
        if (thread == null || turn.parent() == null) {
            return null;
        }
        int before = thread.turns().lastIndexOf(turn.id()) - 1;
        return before >= 0 && thread.turns().get(before).equals(turn.parent())
                ? thread.session().sessionId()
                : null;
    }

    private void begin(TurnRun run, String directory, OrchestrationReadModel model) {
        Turn turn = model.turn(run.turnId());
        ChatThread thread = turn == null ? null : model.thread(turn.threadId());
        if (thread != null) {
            agent(thread.id()).begin(run, thread.agent(), Path.of(directory));
        }
    }

    private ThreadAgent agent(ThreadId threadId) {
        return agents.computeIfAbsent(
                threadId, id -> new ThreadAgent(id, agency, new Intake(id, gateway, clock)));
    }

    private void clean(Operation.Cleanup cleanup) {
        if (cleaning.add(cleanup.id())) {
            Thread cleaner =
                    Thread.ofVirtual()
                            .name("agent-cleanup-" + cleanup.threadId())
                            .unstarted(() -> cleanUp(cleanup));
            cleaners.add(cleaner);
            cleaner.start();
        }
    }

    private void cleanUp(Operation.Cleanup cleanup) {
        try {
            ThreadAgent agent = agents.get(cleanup.threadId());
            if (agent != null) {
                agent.stop();
                agents.remove(cleanup.threadId());
            }
            new Submission(gateway).untilTaken(new CompleteCleanup(cleanup.id(), clock.instant()));
        } catch (InterruptedException _) {
            // Closed: the clean-up is found in the log at the next start.
        } finally {
            cleaners.remove(Thread.currentThread());
        }
    }

    /** All facts up to this place have been heard, and the model looked at. */
    void seen(long sequence) {
        seen = sequence;
    }

    /** Whether all is heard up to a place and nothing that came of it is under way. */
    boolean isQuiet(long sequence) {
        return seen >= sequence
                && cleaners.isEmpty()
                && agents.values().stream().allMatch(ThreadAgent::isQuiet);
    }

    /** Stops everything, all agents at once. Returns when no process is left. */
    void close() {
        closed = true;
        closing.countDown();
        cleaners.forEach(Thread::interrupt);
        List<Thread> stopping =
                agents.values().stream()
                        .map(agent -> Thread.ofVirtual().start(agent::stop))
                        .toList();
        for (Thread thread : stopping) {
            ThreadAgent.joinUninterruptibly(thread);
        }
    }
}
