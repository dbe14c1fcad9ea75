package dev.stele.provider.reactor;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.Identifier;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.TurnId;
import dev.stele.domain.port.StoreException;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.session.AgentSession;
import dev.stele.provider.session.AwakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One turn on its way through an agent: waiting, prompted, ended. It ends once, whoever ends it.
 * Thread-safe. {@link #hear} and {@link #newActionId} are called under the session's lock and take
 * none themselves; all else may call the session.
 */
final class TurnRun {
    /** The cause of a cancel that nobody asked for: the agent said nothing for too long. */
    static final String SILENCE = "silence";

    private final TurnId turnId;
    private final @Nullable TurnId parent;
    private final List<MessageContent> prompt;
    private final @Nullable String earlierSession;
    private final Supplier<MessageContent.@Nullable Resource> earlier;
    private final Intake intake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore news = new Semaphore(0);
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile boolean ended;
    private @Nullable AgentSession session;
    private boolean cancelled;
    private volatile long cancelledAt;
    private int questions;

    /**
     * A turn that waits for its agent.
     *
     * @param turnId the turn
     * @param parent the turn before it in its conversation, or null
     * @param prompt what is said
     * @param earlierSession the agent's id of the session that knows what was said before, or null
     * @param earlier tells what was said before; asked for a session that does not know it
     * @param intake where its events go
     */
    TurnRun(
            TurnId turnId,
            @Nullable TurnId parent,
            List<MessageContent> prompt,
            @Nullable String earlierSession,
            Supplier<MessageContent.@Nullable Resource> earlier,
            Intake intake) {
        this.turnId = turnId;
        this.parent = parent;
        this.prompt = List.copyOf(prompt);
        this.earlierSession = earlierSession;
        this.earlier = earlier;
        this.intake = intake;
    }

    TurnId turnId() {
        return turnId;
    }

    @Nullable TurnId parent() {
        return parent;
    }

    /** The agent's id of the session that knows what was said before, or null. */
    @Nullable String earlierSession() {
        return earlierSession;
    }

    boolean isEnded() {
        return ended;
    }

    /**
     * Prompts the agent, unless the turn has ended before.
     *
     * @param agent the agent's session
     * @param isNew whether it knows nothing of the conversation
     * @throws ProviderFailure when it is not prompted: it is gone, or what was said before cannot
     *     be read
     */
    void promptOn(AgentSession agent, boolean isNew) throws ProviderFailure {
        MessageContent.Resource known = isNew ? whatWasSaid() : null;
        lock.lock();
        try {
            if (!ended) {
                session = agent;
                agent.prompt(known == null ? prompt : preceded(known));
            }
        } finally {
            lock.unlock();
        }
    }

    /** An agent that went on without knowing what was said would seem to know it. */
    private MessageContent.@Nullable Resource whatWasSaid() throws ProviderFailure {
        try {
            return earlier.get();
        } catch (StoreException unreadable) {
            throw new ProviderFailure(
                    ProviderError.of(
                            ProviderError.Scope.TURN,
                            ProviderError.Kind.UNKNOWN,
                            "What was said before in this conversation cannot be read, so that the"
                                    + " agent was not prompted: "
                                    + unreadable.getMessage()));
        }
    }

    /**
     * Stops it: an agent that was prompted is told, otherwise the turn ends at once. Repeats do
     * nothing.
     */
    void cancel() {
        lock.lock();
        try {
            if (session == null) {
                end(new ProviderEvent.TurnComplete(StopReason.CANCELLED, null, null, null));
            } else {
                cancel(session, null);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<MessageContent> preceded(MessageContent known) {
        List<MessageContent> all = new ArrayList<>();
        all.add(known);
        all.addAll(prompt);
        return all;
    }

    private void cancel(AgentSession agent, @Nullable String cause) {
        if (!cancelled && !ended) {
            cancelledAt = System.nanoTime();
            cancelled = true;
            agent.cancel(cause);
            news.release();
        }
    }

    /** Carries the answer to a question to the agent. */
    void answer(ActionId actionId, @Nullable String optionId) {
        lock.lock();
        try {
            if (session != null) {
                session.answer(actionId, optionId);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it in an error where no session does, unless it has ended. */
    void fail(ProviderError error) {
        end(new ProviderEvent.Error(error));
    }

    /** An id for a question of this turn. */
    ActionId newActionId() {
        return new ActionId(Identifier.derived(turnId.value(), "-action-" + ++questions));
    }

    /** Takes an event of the session. */
    void hear(ProviderEvent event) {
        if (Events.endsTurn(event)) {
            end(event);
        } else if (!ended) {
            intake.add(turnId, event);
        }
    }

    private void end(ProviderEvent event) {
        if (ending.compareAndSet(false, true)) {
            intake.add(turnId, event);
            ended = true;
            news.release();
        }
    }

    /**
     * Waits for its end. An agent that is silent for too long is cancelled; time in which this
     * process stood still does not count.
     *
     * @param agent the agent that it was prompted on
     * @param limits how long
     * @return whether it ended; false when the agent did not stop after a cancel
     * @throws InterruptedException when the waiting thread is interrupted
     */
    boolean awaitEnd(AgentSession agent, Limits limits) throws InterruptedException {
        var awake = new AwakeTime();
        while (!ended) {
            Duration left = left(agent, limits, awake);
            if (left.isPositive()) {
                var _ = news.tryAcquire(AwakeTime.slice(left), TimeUnit.NANOSECONDS);
            } else if (isCancelled()) {
                return false;
            } else {
                cancelForSilence(agent);
            }
        }
        return true;
    }

    private Duration left(AgentSession agent, Limits limits, AwakeTime awake) {
        return isCancelled()
                ? limits.cancel().minus(awake.of(Duration.ofNanos(System.nanoTime() - cancelledAt)))
                : limits.silence().minus(awake.of(agent.silence()));
    }

    private boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    private void cancelForSilence(AgentSession agent) {
        lock.lock();
        try {
            cancel(agent, SILENCE);
        } finally {
            lock.unlock();
        }
    }
}
