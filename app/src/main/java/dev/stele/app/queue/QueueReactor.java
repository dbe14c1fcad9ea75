package dev.stele.app.queue;

import dev.stele.app.react.Follower;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.StartQueuedPrompt;
import dev.stele.domain.decide.FollowUps;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Starts prompts that wait, each as soon as its thread is idle. What is to start is {@link
 * FollowUps}' to say; here it is only sent. Thread-safe.
 */
public final class QueueReactor implements Reactor {
    private final boolean everywhere;
    private final InstantSource clock;
    private final Set<ThreadId> attended = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Running running;

    /** What there is once it is started. */
    private record Running(CommandGateway gateway, EventFeed feed, Follower follower) {}

    /**
     * A reactor.
     *
     * @param everywhere whether it starts prompts of all threads, or only of those named to it
     * @param clock gives the time of the starts
     */
    public QueueReactor(boolean everywhere, InstantSource clock) {
        this.everywhere = everywhere;
        this.clock = clock;
    }

    /**
     * Starts prompts of a thread, too, for as long as this process runs.
     *
     * @param threadId the thread
     */
    public void attend(ThreadId threadId) {
        attended.add(threadId);
        Running now = running;
        if (now != null) {
            Thread.startVirtualThread(() -> attendNow(threadId, now));
        }
    }

    private void attendNow(ThreadId threadId, Running now) {
        try {
            start(threadId, now.gateway(), now.feed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return "queues";
    }

    @Override
    public void start(CommandGateway gateway, EventFeed feed) {
        var follower = new Follower("stele-queues", feed, new Starting(gateway, feed));
        running = new Running(gateway, feed, follower);
        follower.start();
    }

    /** Looks at the queues that a fact may have moved. */
    private final class Starting implements Follower.Listener {
        private final CommandGateway gateway;
        private final EventFeed feed;

        Starting(CommandGateway gateway, EventFeed feed) {
            this.gateway = gateway;
            this.feed = feed;
        }

        @Override
        public void begin(OrchestrationReadModel model) throws InterruptedException {
            for (ThreadId threadId : FollowUps.waiting(model)) {
                QueueReactor.this.start(threadId, gateway, feed);
            }
        }

        @Override
        public void hear(StoredEvent fact) throws InterruptedException {
            for (ThreadId threadId : FollowUps.movedBy(fact.event(), feed.model())) {
                QueueReactor.this.start(threadId, gateway, feed);
            }
        }
    }

    /** A refusal is none of its business: what stands in the way moves the queue when it ends. */
    private void start(ThreadId threadId, CommandGateway gateway, EventFeed feed)
            throws InterruptedException {
        StartQueuedPrompt start =
                everywhere || attended.contains(threadId)
                        ? FollowUps.next(threadId, feed.model(), clock.instant())
                        : null;
        if (start != null) {
            gateway.submit(start).join();
        }
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        Running now = running;
        return now == null || now.follower().drain(timeout);
    }

    @Override
    public void close() {
        Running now = running;
        if (now != null) {
            now.follower().close();
        }
    }
}
