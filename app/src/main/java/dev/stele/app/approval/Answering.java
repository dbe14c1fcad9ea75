package dev.stele.app.approval;

import dev.stele.app.approval.ApprovalPolicy.Question;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The approval reactor at work: one thread that follows the log and answers. */
final class Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final CommandGateway gateway;
    private final EventFeed feed;
    private final Function<ThreadId, ApprovalPolicy> policies;
    private final InstantSource clock;
    private final Thread worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private long seen = -1;

    Answering(
            CommandGateway gateway,
            EventFeed feed,
            Function<ThreadId, ApprovalPolicy> policies,
            InstantSource clock) {
        this.gateway = gateway;
        this.feed = feed;
        this.policies = policies;
        this.clock = clock;
        this.worker = Thread.ofVirtual().name("stele-approvals").unstarted(this::work);
    }

    void start() {
        worker.start();
    }

    /** Puts the thread's open questions to its rule, on a thread of its own. */
    void answerSoon(ThreadId threadId) {
        Thread.startVirtualThread(() -> {
            try {
                answerAll(feed.model(), threadId);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    boolean drain(Duration timeout) throws InterruptedException {
        long target = feed.model().sequence();
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (seen < target && worker.isAlive() && left > 0) {
                left = progress.awaitNanos(left);
            }
            return seen >= target;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        worker.interrupt();
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = follow();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether to begin again: what the log cannot show, the model still tells. */
    private boolean follow() throws InterruptedException {
        OrchestrationReadModel model = feed.model();
        try (EventSubscription subscription = feed.subscribe(model.sequence())) {
            for (ThreadId threadId : model.threads().keysIterator()) {
                answerAll(model, threadId);
            }
            while (!subscription.isClosed()) {
                show(subscription.position());
                for (StoredEvent event : subscription.next(PATIENCE)) {
                    if (event.event() instanceof ApprovalRequested asked) {
                        answer(feed.model(), asked);
                    }
                }
            }
            return false;
        } catch (StoreException failure) {
            LOG.warn(
                    "The log cannot be read; the open questions are taken from the model", failure);
            return true;
        }
    }

    private void show(long position) {
        lock.lock();
        try {
            seen = position;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void answerAll(OrchestrationReadModel model, ThreadId threadId)
            throws InterruptedException {
        ChatThread thread = model.thread(threadId);
        TurnId turnId = thread == null ? null : thread.openTurn();
        Turn turn = turnId == null ? null : model.turn(turnId);
        if (thread != null && turn != null) {
            for (PendingAction action : turn.pending()) {
                put(question(thread, turn, action));
            }
        }
    }

    private void answer(OrchestrationReadModel model, ApprovalRequested asked)
            throws InterruptedException {
        Turn turn = model.turn(asked.turnId());
        ChatThread thread = turn == null ? null : model.thread(turn.threadId());
        PendingAction action = turn == null ? null : turn.pendingAction(asked.actionId());
        if (thread != null && turn != null && action != null) {
            put(question(thread, turn, action));
        }
    }

    private static Question question(ChatThread thread, Turn turn, PendingAction action) {
        String callId = action.toolCallId();
        return new Question(thread, action, callId == null ? null : turn.toolCall(callId));
    }

    /** Puts a question to its rule, and the rule's answer into the log. */
    private void put(Question question) throws InterruptedException {
        OrchestrationCommand command = answer(question);
        if (command != null) {
            gateway.submit(command).join();
        }
    }

    private @Nullable OrchestrationCommand answer(Question question) {
        ThreadId threadId = question.thread().id();
        PendingAction action = question.action();
        ApprovalPolicy policy = policies.apply(threadId);
        Actor by = Actor.policy(policy.label());
        return switch (verdict(policy, question)) {
            case APPROVE ->
                    new ApprovePendingAction(
                            threadId, action.id(), allowing(action), by, clock.instant());
            case REJECT ->
                    new RejectPendingAction(threadId, action.id(), null, null, by, clock.instant());
            case ASK -> null;
        };
    }

    private static ApprovalPolicy.Verdict verdict(ApprovalPolicy policy, Question question) {
        try {
            return policy.verdict(question);
        } catch (RuntimeException failure) {
            LOG.error(
                    "The rule {} failed; {} is left to people",
                    policy.label(),
                    question.action(),
                    failure);
            return ApprovalPolicy.Verdict.ASK;
        }
    }

    /**
     * The option to approve with: null lets the decider take the one that allows once; an agent
     * that offers none such is answered with what it does offer.
     */
    private static @Nullable String allowing(PendingAction action) {
        boolean once = action.options().stream().anyMatch(o -> o.kind() == Kind.ALLOW_ONCE);
        return once
                ? null
                : action.options().stream()
                        .filter(option -> option.kind().allows())
                        .map(PermissionOption::id)
                        .findFirst()
                        .orElse(null);
    }
}
