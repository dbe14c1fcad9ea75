package dev.stele.app.approval;

import dev.stele.contracts.ThreadId;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Answers agents' questions by the rule of their thread. Thread-safe. */
public final class ApprovalReactor implements Reactor {
    private final ApprovalPolicy usual;
    private final InstantSource clock;
    private final Map<ThreadId, ApprovalPolicy> policies = new ConcurrentHashMap<>();
    private volatile @Nullable Answering answering;

    /**
     * A reactor.
     *
     * @param usual the rule of threads that have none of their own
     * @param clock gives the time of the answers
     */
    public ApprovalReactor(ApprovalPolicy usual, InstantSource clock) {
        this.usual = usual;
        this.clock = clock;
    }

    /**
     * Gives a thread a rule of its own, for as long as this process runs. Questions that wait
     * already are put to it soon.
     *
     * @param threadId the thread
     * @param policy the rule
     */
    public void use(ThreadId threadId, ApprovalPolicy policy) {
        policies.put(threadId, policy);
        Answering running = answering;
        if (running != null) {
            running.answerSoon(threadId);
        }
    }

    @Override
    public String name() {
        return "approvals";
    }

    @Override
    public void start(CommandGateway gateway, EventFeed feed) {
        var started = new Answering(gateway, feed, id -> policies.getOrDefault(id, usual), clock);
        answering = started;
        started.start();
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        Answering running = answering;
        return running == null || running.drain(timeout);
    }

    @Override
    public void close() {
        Answering running = answering;
        if (running != null) {
            running.close();
        }
    }
}
