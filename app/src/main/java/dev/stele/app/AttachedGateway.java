package dev.stele.app;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.JudgeAction;
import dev.stele.domain.decide.Decider;
import dev.stele.domain.decide.Decision;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * What the rule of an attached process sends its answers through. Policies in the log are the
 * server's to put questions to; here they are only asked whether they answer, and waited for.
 */
record AttachedGateway(AttachedCore core) implements CommandGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public CompletableFuture<DispatchResult> submit(OrchestrationCommand command)
            throws InterruptedException {
        return command instanceof JudgeAction judge
                ? CompletableFuture.completedFuture(judged(judge))
                : dispatch(new CommandEnvelope(Ids.command(), Instant.now(), command));
    }

    @Override
    public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
        return core.dispatch(envelope);
    }

    private DispatchResult judged(JudgeAction judge) throws InterruptedException {
        OrchestrationReadModel model = core.model();
        return switch (Decider.decide(judge, model)) {
            case Decision.Accepted(var facts) when facts.isEmpty() ->
                    new DispatchResult.Accepted(model.sequence() + 1, model.sequence());
            case Decision.Accepted _ -> {
                awaitAnswer(judge);
                yield new DispatchResult.Accepted(1, 1);
            }
            case Decision.Rejected(var error) -> new DispatchResult.Rejected(error);
        };
    }

    private void awaitAnswer(JudgeAction judge) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (EventSubscription news = core.subscribe(core.model().sequence())) {
            while (isPending(judge) && !news.isClosed() && System.nanoTime() < deadline) {
                news.next(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        }
    }

    private boolean isPending(JudgeAction judge) {
        OrchestrationReadModel model = core.model();
        ChatThread thread = model.thread(judge.threadId());
        Turn turn =
                thread == null || thread.openTurn() == null ? null : model.turn(thread.openTurn());
        return turn != null && turn.pendingAction(judge.actionId()) != null;
    }
}
