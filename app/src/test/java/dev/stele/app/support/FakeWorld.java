package dev.stele.app.support;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnInterrupted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.Reactor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Agents and git in a few lines: every turn gets its checkpoints; the agent echoes its prompt. To
 * "ask" it first asks for an approval, at "wait" it does nothing until it is interrupted.
 */
public final class FakeWorld implements Reactor {
    private @Nullable Thread worker;

    /** A world. */
    public FakeWorld() {}

    @Override
    public String name() {
        return "fake world";
    }

    @Override
    public void start(CommandGateway gateway, EventFeed feed) {
        EventSubscription facts = feed.subscribe(feed.model().sequence());
        worker =
                Thread.startVirtualThread(() -> {
                    try {
                        follow(gateway, feed, facts);
                    } catch (InterruptedException closed) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static void follow(CommandGateway gateway, EventFeed feed, EventSubscription facts)
            throws InterruptedException {
        while (!facts.isClosed()) {
            for (StoredEvent fact : facts.next(Duration.ofMinutes(1))) {
                for (OrchestrationCommand command : reaction(fact.event(), feed)) {
                    gateway.submit(command).join();
                }
            }
        }
    }

    private static List<OrchestrationCommand> reaction(OrchestrationEvent event, EventFeed feed) {
        return switch (event) {
            case TurnStarted started -> begin(started);
            case ActionApproved(var turn, _, _, _, _) -> end(turn, feed, "approved");
            case ActionRejected(var turn, _, _, _, _, _) -> end(turn, feed, "rejected");
            case TurnInterrupted(var turn, _, _) -> end(turn, feed, "stopped");
            default -> List.of();
        };
    }

    private static List<OrchestrationCommand> begin(TurnStarted turn) {
        var checkpoint =
                checkpoint(turn.threadId(), turn.turnId(), CheckpointId.before(turn.turnId()));
        String prompt = ((MessageContent.Text) turn.prompt().getFirst()).text();
        return switch (prompt) {
            case "wait" -> checkpoint;
            case "ask" ->
                    join(
                            checkpoint,
                            List.of(says(turn.threadId(), turn.turnId(), 1, question(turn))));
            default -> join(checkpoint, echo(turn.threadId(), turn.turnId(), prompt));
        };
    }

    private static ProviderEvent question(TurnStarted turn) {
        return new ProviderEvent.AwaitingApproval(
                new ActionId(turn.turnId() + "-1"),
                null,
                "May I?",
                List.of(new PermissionOption("yes", "Yes", PermissionOption.Kind.ALLOW_ONCE)));
    }

    private static List<OrchestrationCommand> end(TurnId turnId, EventFeed feed, String words) {
        Turn turn = feed.model().turn(turnId);
        return turn == null ? List.of() : echo(turn.threadId(), turnId, words);
    }

    private static List<OrchestrationCommand> echo(ThreadId thread, TurnId turn, String words) {
        return join(
                List.of(
                        says(thread, turn, 2, new ProviderEvent.TextDelta("I did: ", null)),
                        says(thread, turn, 3, new ProviderEvent.TextDelta(words, null)),
                        says(
                                thread,
                                turn,
                                4,
                                new ProviderEvent.TurnComplete(
                                        StopReason.END_TURN, null, null, null))),
                checkpoint(thread, turn, CheckpointId.after(turn)));
    }

    private static OrchestrationCommand says(
            ThreadId thread, TurnId turn, long sequence, ProviderEvent event) {
        return new IngestProviderEvent(thread, turn, sequence, event, Commands.AT);
    }

    private static List<OrchestrationCommand> checkpoint(
            ThreadId thread, TurnId turn, CheckpointId id) {
        return List.of(
                new CreateCheckpoint(id, thread, turn, "by a fake", Commands.AT),
                new AssignCheckpointGitRef(
                        id,
                        "refs/stele/checkpoints/" + id,
                        new CheckpointStats(0, 0, List.of()),
                        Commands.AT));
    }

    private static List<OrchestrationCommand> join(
            List<OrchestrationCommand> first, List<OrchestrationCommand> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Override
    public boolean drain(Duration timeout) {
        return true;
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.interrupt();
        }
    }
}
