package dev.stele.provider.reactor;

import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.port.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the agents: prompts them when the log asks for it, and brings what they say to the writer.
 * What it has begun lives in its memory and in its processes; after a restart nothing of that is
 * left, so it begins by ending every process of a dead Stele and every turn that was open.
 */
public final class ProviderReactor implements Reactor {
    private static final Logger log = LoggerFactory.getLogger(ProviderReactor.class);

    /** Whoever waits is woken by news and by the end; an idle server does nothing at all. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final Duration FOR_THE_LOG = Duration.ofSeconds(30);
    private static final Duration DRAIN_LOOKS_EVERY = Duration.ofMillis(5);

    private final Agency agency;
    private final InstantSource clock;
    private @Nullable Started started;

    /**
     * A reactor that does nothing yet.
     *
     * @param agency how agents are found and started
     * @param clock tells when something was heard
     */
    public ProviderReactor(Agency agency, InstantSource clock) {
        this.agency = agency;
        this.clock = clock;
    }

    /** What there is once it is started. */
    private record Started(
            EventFeed feed, EventSubscription subscription, TurnDesk desk, Thread listener) {}

    @Override
    public String name() {
        return "provider";
    }

    @Override
    public synchronized void start(CommandGateway gateway, EventFeed feed) {
        if (started != null) {
            throw new IllegalStateException("the provider reactor is started already");
        }
        OrchestrationReadModel model = feed.model();
        int left = agency.endLeftovers();
        if (left > 0) {
            log.info("Ended {} processes of agents that an earlier Stele left behind", left);
        }
        endOpenTurns(new Submission(gateway), model);
        var desk = new TurnDesk(agency, gateway, feed, clock);
        EventSubscription subscription = feed.subscribe(model.sequence());
        Thread listener =
                Thread.ofVirtual()
                        .name("provider-reactor")
                        .unstarted(() -> listen(feed, subscription, desk));
        started = new Started(feed, subscription, desk, listener);
        listener.start();
    }

    /** A turn that stayed open would be taken for a new one, and its prompt be sent twice. */
    private void endOpenTurns(Submission submission, OrchestrationReadModel model) {
        for (Turn turn : liveTurns(model)) {
            var end =
                    new IngestProviderEvent(
                            turn.threadId(),
                            turn.id(),
                            0,
                            new ProviderEvent.Error(STOPPED),
                            clock.instant());
            try {
                DispatchResult result = submission.untilTaken(end, FOR_THE_LOG);
                if (!Submission.isTaken(result)) {
                    throw cannotEnd(result.toString());
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw cannotEnd("the start was interrupted");
            }
        }
    }

    private static StoreException cannotEnd(String why) {
        return new StoreException(
                "The turns that an earlier process left open cannot be ended in the log: %s. Start"
                                .formatted(why)
                        + " again when the cause is gone.",
                null);
    }

    private static final ProviderError STOPPED =
            new ProviderError(
                    ProviderError.Scope.PROCESS,
                    ProviderError.Kind.CRASH,
                    "Stele was stopped while the turn was running, and its agent was ended. What"
                            + " the agent did until then is in the project; send the prompt again"
                            + " to go on.",
                    null,
                    null,
                    true);

    private static List<Turn> liveTurns(OrchestrationReadModel model) {
        var live = new ArrayList<Turn>();
        for (var work : model.lanes().open().values()) {
            Turn turn = work instanceof TurnWork(_, var id) ? model.turn(id) : null;
            if (turn != null && turn.state().isLive()) {
                live.add(turn);
            }
        }
        return live;
    }

    private static void listen(EventFeed feed, EventSubscription subscription, TurnDesk desk) {
        try {
            desk.look(feed.model());
            desk.seen(subscription.position());
            while (!subscription.isClosed()) {
                hear(subscription.next(PATIENCE), feed, desk);
                desk.seen(subscription.position());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void hear(List<StoredEvent> news, EventFeed feed, TurnDesk desk) {
        try {
            news.forEach(stored -> desk.hear(stored.event()));
            if (news.stream().anyMatch(stored -> mayMeanWork(stored.event()))) {
                desk.look(feed.model());
            }
        } catch (RuntimeException defect) {
            log.error("A defect keeps the provider reactor from acting on the log", defect);
        }
    }

    /** Most facts are what agents said: they never mean work, and there are many of them. */
    private static boolean mayMeanWork(OrchestrationEvent event) {
        return switch (event) {
            case OrchestrationEvent.TurnEvent.MessageAppended _,
                    OrchestrationEvent.TurnEvent.MessageChunkReceived _,
                    OrchestrationEvent.TurnEvent.ToolCallUpdated _,
                    OrchestrationEvent.TurnEvent.PlanUpdated _,
                    OrchestrationEvent.TurnEvent.RetryReported _ ->
                    false;
            case OrchestrationEvent other -> true;
        };
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        Started now = current();
        long deadline = System.nanoTime() + timeout.toNanos();
        while (now != null && !isQuiet(now)) {
            if (deadline - System.nanoTime() <= 0) {
                return false;
            }
            Thread.sleep(DRAIN_LOOKS_EVERY);
        }
        return true;
    }

    private static boolean isQuiet(Started now) {
        OrchestrationReadModel model = now.feed().model();
        return now.desk().isQuiet(model.sequence()) && liveTurns(model).isEmpty();
    }

    private synchronized @Nullable Started current() {
        return started;
    }

    @Override
    public void close() {
        Started now = current();
        if (now != null) {
            now.subscription().close();
            now.listener().interrupt();
            ThreadAgent.joinUninterruptibly(now.listener());
            now.desk().close();
        }
    }
}
