package dev.stele.provider.reactor;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.session.AgentSession;
import dev.stele.provider.session.Opening;
import dev.stele.provider.session.SessionEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one thread: one process, started for the first turn and kept for later ones as long
 * as it can be used and knows the conversation that goes on. Turns run one after the other.
 * Thread-safe.
 */
final class ThreadAgent {
    private static final Logger log = LoggerFactory.getLogger(ThreadAgent.class);

    private final ThreadId threadId;
    private final Agency agency;
    private final Intake intake;
    private final ReentrantLock oneTurn = new ReentrantLock();
    private final Set<Thread> runners = ConcurrentHashMap.newKeySet();

    /** Whether the session knows what was said before. */
    private boolean knowsAll;

    /** The newest turn that the session knows. A restored conversation goes on from another one. */
    private @Nullable TurnId tip;

    /** Set together with a place of {@link Agency#slots} taken, under {@link #oneTurn}. */
    private volatile @Nullable AgentSession session;

    private volatile @Nullable TurnRun current;
    private volatile boolean stopped;

    /**
     * An agent that is not started yet.
     *
     * @param threadId its thread
     * @param agency what all agents share
     * @param intake where its events go; closed by {@link #stop}
     */
    ThreadAgent(ThreadId threadId, Agency agency, Intake intake) {
        this.threadId = threadId;
        this.agency = agency;
        this.intake = intake;
    }

    Intake intake() {
        return intake;
    }

    /** Whether no turn runs and every event is taken. */
    boolean isQuiet() {
        return runners.isEmpty() && intake.isEmpty();
    }

    /**
     * Begins a turn. Returns at once.
     *
     * @param run the turn
     * @param agent the thread's agent
     * @param directory where it works
     */
    void begin(TurnRun run, String agent, Path directory) {
        Thread runner =
                Thread.ofVirtual()
                        .name("turn-" + run.turnId())
                        .unstarted(() -> runOne(run, agent, directory));
        runners.add(runner);
        runner.start();
    }

    private void runOne(TurnRun run, String agent, Path directory) {
        try {
            oneTurn.lockInterruptibly();
            try {
                play(run, agent, directory);
            } finally {
                oneTurn.unlock();
            }
        } catch (ProviderFailure failure) {
            run.fail(failure.error());
        } catch (InterruptedException _) {
            // Stopped: the turn is found in the log at the next start, or is deleted.
        } catch (RuntimeException defect) {
            log.error("Turn {} of thread {} met a defect", run.turnId(), threadId, defect);
            run.fail(
                    ProviderError.of(
                            ProviderError.Scope.TURN,
                            ProviderError.Kind.UNKNOWN,
                            "A defect in Stele ended the turn; its log file tells more: "
                                    + defect));
        } finally {
            runners.remove(Thread.currentThread());
        }
    }

    private void play(TurnRun run, String agent, Path directory)
            throws ProviderFailure, InterruptedException {
        boolean goesOn = Objects.equals(tip, run.parent());
        if (run.isEnded()) {
            tip = goesOn ? run.turnId() : tip;
            return;
        }
        try {
            AgentSession kept = woken();
            boolean usable = kept != null && kept.isUsable() && goesOn;
            AgentSession prompted =
                    kept != null && usable ? kept : newSession(run, agent, directory);
            if (prompted != null) {
                prompt(run, prompted);
            }
        } finally {
            rest();
        }
    }

    private void prompt(TurnRun run, AgentSession prompted)
            throws ProviderFailure, InterruptedException {
        current = run;
        run.promptOn(prompted, !knowsAll);
        knowsAll = true;
        tip = run.turnId();
        if (!run.awaitEnd(prompted, agency.limits())) {
            prompted.kill(prompted.lastWords().didNotStop(agency.limits().cancel()));
        }
    }

    /** The session that rested, or null when there is none or it has to give up its place. */
    private @Nullable AgentSession woken() {
        AgentSession kept = session;
        if (kept != null && !agency.slots().wakes(this)) {
            endSession();
        }
        return session;
    }

    /** Keeps the session for the next turn, unless it is of no more use or someone else waits. */
    private void rest() {
        AgentSession kept = session;
        if (kept != null && !stopped && (!kept.isUsable() || !agency.slots().mayRest(this))) {
            endSession();
        }
    }

    /**
     * Ends the session of an agent that rests, so that another can have its place. Waits for a turn
     * that has begun meanwhile; such a turn has ended the session already.
     */
    void retire() {
        Thread.ofVirtual()
                .name("retiring-" + threadId)
                .start(() -> {
                    oneTurn.lock();
                    try {
                        if (!agency.slots().isResting(this)) {
                            endSession();
                        }
                    } finally {
                        oneTurn.unlock();
                    }
                });
    }

    private void endSession() {
        AgentSession old = session;
        if (old != null) {
            old.end();
            session = null;
            agency.slots().give();
        }
    }

    /**
     * A new process with a session, or null when the turn has ended while it waited for a place.
     */
    private @Nullable AgentSession newSession(TurnRun run, String agent, Path directory)
            throws ProviderFailure, InterruptedException {
        endSession();
        agency.slots().take();
        if (run.isEnded()) {
            agency.slots().give();
            return null;
        }
        AgentSession started = null;
        try {
            current = run;
            ChosenAgent chosen = agency.choose(agent, directory);
            started = agency.start(chosen, directory, new Ears());
            session = started;
            if (stopped) {
                throw new InterruptedException();
            }
            knowsAll =
                    started.open(
                            new Opening(directory, run.earlierSession(), chosen.login()),
                            agency.limits().start());
            return started;
        } catch (ProviderFailure | InterruptedException | RuntimeException failure) {
            session = null;
            if (started != null) {
                started.abandon();
            }
            agency.slots().give();
            throw failure;
        }
    }

    /** Ends the process and all that runs on it. Returns when nothing of it is left. */
    void stop() {
        stopped = true;
        intake.close();
        runners.forEach(Thread::interrupt);
        AgentSession last = session;
        if (last != null) {
            last.end();
        }
        for (Thread runner : runners) {
            joinUninterruptibly(runner);
        }
        oneTurn.lock();
        try {
            var _ = agency.slots().wakes(this);
            endSession();
        } finally {
            oneTurn.unlock();
        }
    }

    static void joinUninterruptibly(Thread runner) {
        boolean interrupted = false;
        while (runner.isAlive()) {
            try {
                runner.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hears the session: what it says belongs to the turn that runs, or to the session alone. */
    private final class Ears implements SessionEvents {

        @Override
        public ActionId newActionId() {
            TurnRun run = current;
            if (run == null) {
                throw new IllegalStateException("a question comes in a turn only");
            }
            return run.newActionId();
        }

        @Override
        public void add(List<ProviderEvent> events) {
            for (ProviderEvent event : events) {
                TurnRun run = current;
                if (run != null && !run.isEnded() && Events.belongsToTurn(event)) {
                    run.hear(event);
                } else if (Events.needsNoTurn(event)) {
                    intake.add(null, event);
                }
            }
        }

        @Override
        public void awaitRoom() {
            intake.awaitRoom();
        }
    }
}
