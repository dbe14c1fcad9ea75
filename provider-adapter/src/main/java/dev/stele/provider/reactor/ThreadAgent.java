package dev.stele.provider.reactor;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.provider.acp.AcpSession;
import dev.stele.provider.acp.SessionEvents;
import dev.stele.provider.process.AgentLauncher;
import dev.stele.provider.process.AgentProcess;
import dev.stele.provider.process.ProviderFailure;
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
    private final AgentCatalogue catalogue;
    private final AgentLauncher launcher;
    private final Limits limits;
    private final Intake intake;
    private final ReentrantLock oneTurn = new ReentrantLock();
    private final Set<Thread> runners = ConcurrentHashMap.newKeySet();

    /** The newest turn that the session knows. A restored conversation goes on from another one. */
    private @Nullable TurnId tip;

    private volatile @Nullable AcpSession session;
    private volatile @Nullable TurnRun current;
    private volatile boolean stopped;

    /**
     * An agent that is not started yet.
     *
     * @param threadId its thread
     * @param catalogue knows what is run
     * @param launcher runs it
     * @param limits how long it is waited for
     * @param intake where its events go; closed by {@link #stop}
     */
    ThreadAgent(
            ThreadId threadId,
            AgentCatalogue catalogue,
            AgentLauncher launcher,
            Limits limits,
            Intake intake) {
        this.threadId = threadId;
        this.catalogue = catalogue;
        this.launcher = launcher;
        this.limits = limits;
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
        AcpSession kept = session;
        boolean usable = kept != null && kept.isUsable() && goesOn;
        AcpSession prompted = kept != null && usable ? kept : newSession(run, agent, directory);
        current = run;
        run.promptOn(prompted, !usable);
        tip = run.turnId();
        if (!run.awaitEnd(prompted, limits)) {
            prompted.kill(prompted.lastWords().didNotStop(limits.cancel()));
        }
    }

    private AcpSession newSession(TurnRun run, String agent, Path directory)
            throws ProviderFailure, InterruptedException {
        AcpSession old = session;
        if (old != null) {
            old.end();
        }
        AgentProcess process = launcher.start(catalogue.commandOf(agent, directory), directory);
        current = run;
        var started = new AcpSession(process, limits.maxLine(), new Ears());
        session = started;
        try {
            if (stopped) {
                throw new InterruptedException();
            }
            started.open(directory, limits.start());
            return started;
        } catch (ProviderFailure | InterruptedException | RuntimeException failure) {
            session = null;
            process.kill();
            throw failure;
        }
    }

    /** Ends the process and all that runs on it. Returns when nothing of it is left. */
    void stop() {
        stopped = true;
        intake.close();
        runners.forEach(Thread::interrupt);
        AcpSession last = session;
        if (last != null) {
            last.end();
        }
        for (Thread runner : runners) {
            joinUninterruptibly(runner);
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
