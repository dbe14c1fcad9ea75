package dev.stele.app.approval;

import dev.stele.app.approval.ApprovalPolicy.Question;
import dev.stele.app.approval.ApprovalPolicy.Verdict;
import dev.stele.app.react.Follower;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.JudgeAction;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectPolicySet;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadPolicySet;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The approval reactor at work. A no of this process's rule comes first, then the policies in the
 * log are asked, then a yes of this process's rule counts; what nobody answers is left to people.
 */
final class Answering implements Follower.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final CommandGateway gateway;
    private final EventFeed feed;
    private final Function<ThreadId, ApprovalPolicy> policies;
    private final InstantSource clock;
    private final Follower follower;

    Answering(
            CommandGateway gateway,
            EventFeed feed,
            Function<ThreadId, ApprovalPolicy> policies,
            InstantSource clock) {
        this.gateway = gateway;
        this.feed = feed;
        this.policies = policies;
        this.clock = clock;
        this.follower = new Follower("stele-approvals", feed, this);
    }

    void start() {
        follower.start();
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
        return follower.drain(timeout);
    }

    void close() {
        follower.close();
    }

    @Override
    public void begin(OrchestrationReadModel model) throws InterruptedException {
        for (ThreadId threadId : model.threads().keysIterator()) {
            answerAll(model, threadId);
        }
    }

    @Override
    public void hear(StoredEvent fact) throws InterruptedException {
        switch (fact.event()) {
            case ApprovalRequested asked -> answer(feed.model(), asked);
            case ThreadPolicySet set -> answerAll(feed.model(), set.threadId());
            case ProjectPolicySet set -> answerAll(feed.model(), set.projectId());
            case OrchestrationEvent _ -> {
                // asks nothing
            }
        }
    }

    private void answerAll(OrchestrationReadModel model, ProjectId projectId)
            throws InterruptedException {
        Project project = model.project(projectId);
        if (project != null) {
            for (ThreadId threadId : project.threads().values()) {
                answerAll(model, threadId);
            }
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

    /** Puts a question to all rules, and the answer into the log. */
    private void put(Question question) throws InterruptedException {
        ApprovalPolicy policy = policies.apply(question.thread().id());
        Verdict verdict = verdict(policy, question);
        Actor by = Actor.policy(policy.label());
        if (verdict == Verdict.REJECT) {
            send(rejection(question, by));
        } else if (!isJudged(question) && verdict == Verdict.APPROVE) {
            send(approval(question, by));
        }
    }

    private DispatchResult send(OrchestrationCommand command) throws InterruptedException {
        return gateway.submit(command).join();
    }

    /** Whether the policies in the log have answered. */
    private boolean isJudged(Question question) throws InterruptedException {
        OrchestrationReadModel model = feed.model();
        ThreadId threadId = question.thread().id();
        String directory = model.directoryOf(threadId);
        if (directory == null || !hasPolicy(model.thread(threadId), model)) {
            return false;
        }
        var judge =
                new JudgeAction(
                        threadId,
                        question.action().id(),
                        new TouchedFiles(Path.of(directory)).of(question.call()),
                        clock.instant());
        return !(send(judge) instanceof DispatchResult.Accepted(var first, var last))
                || first <= last;
    }

    private static boolean hasPolicy(@Nullable ChatThread thread, OrchestrationReadModel model) {
        Project project = thread == null ? null : model.project(thread.projectId());
        return thread != null
                && project != null
                && !(thread.policy().isNone() && project.policy().isNone());
    }

    private OrchestrationCommand approval(Question question, Actor by) {
        return new ApprovePendingAction(
                question.thread().id(),
                question.action().id(),
                allowing(question.action()),
                by,
                clock.instant());
    }

    private OrchestrationCommand rejection(Question question, Actor by) {
        return new RejectPendingAction(
                question.thread().id(), question.action().id(), null, null, by, clock.instant());
    }

    private static Verdict verdict(ApprovalPolicy policy, Question question) {
        try {
            return policy.verdict(question);
        } catch (RuntimeException failure) {
            LOG.error(
                    "The rule {} failed; {} is left to people",
                    policy.label(),
                    question.action(),
                    failure);
            return Verdict.ASK;
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
