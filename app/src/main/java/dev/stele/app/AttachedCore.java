package dev.stele.app;

import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.approval.ApprovalReactor;
import dev.stele.app.attach.ServerClient;
import dev.stele.app.engine.CompactionOptions;
import dev.stele.app.engine.CompactionReport;
import dev.stele.app.engine.Core;
import dev.stele.app.engine.NodeRole;
import dev.stele.app.engine.ReplayListener;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.command.OrchestrationCommand.PushBranch;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.QueuePrompt;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.SendQueuedPrompt;
import dev.stele.domain.command.OrchestrationCommand.StartTurn;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.OperationProgress;
import dev.stele.domain.port.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A home that a server of another process holds: commands go to the server, the model and the facts
 * are read from the log, which shows what is durable as soon as it is. The rule of this process
 * answers for threads that it sends prompts to. Thread-safe.
 */
final class AttachedCore implements Core {
    private final ServerClient server;
    private final SteleReader reader;
    private final EventStore store;
    private final ApprovalReactor approvals;
    private final ApprovalPolicy policy;
    private final OperationProgress progress;
    private final Set<ThreadId> prompted = ConcurrentHashMap.newKeySet();

    /**
     * A home through its server.
     *
     * @param server takes commands
     * @param reader reads the log, and is closed with this
     * @param store the log that it reads
     * @param approvals answers for the threads that are named to it
     * @param policy the rule for threads that are prompted from here
     * @param progress hears how far pushes are that are asked for from here
     */
    AttachedCore(
            ServerClient server,
            SteleReader reader,
            EventStore store,
            ApprovalReactor approvals,
            ApprovalPolicy policy,
            OperationProgress progress) {
        this.server = server;
        this.reader = reader;
        this.store = store;
        this.approvals = approvals;
        this.policy = policy;
        this.progress = progress;
        approvals.start(new AttachedGateway(this), this);
    }

    @Override
    public NodeRole role() {
        return new NodeRole.Alone();
    }

    @Override
    public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
        ThreadId thread = prompted(envelope.command());
        if (thread != null && prompted.add(thread)) {
            approvals.use(thread, policy);
        }
        try {
            return server.send(envelope)
                    .exceptionallyCompose(_ -> server.send(envelope)) // the id keeps it one command
                    .exceptionally(_ -> fromLog(envelope))
                    .thenApply(result -> followed(envelope.command(), result));
        } catch (IllegalArgumentException unencodable) {
            return CompletableFuture.completedFuture(
                    new DispatchResult.Unencodable(String.valueOf(unencodable.getMessage())));
        }
    }

    /** Pushes are listened to until they are over: the server knows what git says. */
    private DispatchResult followed(OrchestrationCommand command, DispatchResult result) {
        if (command instanceof PushBranch push && result instanceof DispatchResult.Accepted) {
            Thread.ofVirtual()
                    .name("stele-progress")
                    .start(() -> server.follow(push.operationId(), progress));
        }
        return result;
    }

    /** The thread that a command brings to work, or whose work it ends. */
    private static @Nullable ThreadId prompted(OrchestrationCommand command) {
        return switch (command) {
            case StartTurn c -> c.threadId();
            case QueuePrompt c -> c.threadId();
            case SendQueuedPrompt c -> c.threadId();
            case InterruptTurn c -> c.threadId();
            case OrchestrationCommand _ -> null;
        };
    }

    /** What became of a command that the server has not answered: the log knows. */
    private DispatchResult fromLog(CommandEnvelope envelope) {
        Receipt receipt = store.receipt(envelope.commandId());
        return switch (receipt == null ? null : receipt.outcome()) {
            case Receipt.Outcome.Accepted(var first, var last) ->
                    new DispatchResult.Accepted(first, last);
            case Receipt.Outcome.Rejected(var error) -> new DispatchResult.Rejected(error);
            case null ->
                    new DispatchResult.Unavailable(
                            "The server at "
                                    + server.address()
                                    + " does not answer any more, and the command is not in the"
                                    + " log. Give the command again; it works without a server,"
                                    + " too.");
        };
    }

    @Override
    public OrchestrationReadModel model() {
        return reader.model();
    }

    /** It ends when the server is gone: nothing more will come then. */
    @Override
    public EventSubscription subscribe(long afterSequence) {
        return new WatchedSubscription(reader.subscribe(afterSequence), server::isThere);
    }

    @Override
    public List<StoredEvent> page(long afterSequence, int limit) {
        return reader.page(afterSequence, limit);
    }

    @Override
    public OrchestrationReadModel modelAt(long sequence, ReplayListener listener) {
        return reader.modelAt(sequence, listener);
    }

    @Override
    public @Nullable Receipt receiptAt(long sequence) {
        return store.receiptAt(sequence);
    }

    /** Waits for what this process has begun; others may go on for ever. */
    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (EventSubscription news = subscribe(model().sequence())) {
            while (!isQuiet(model()) && !news.isClosed()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                news.next(Duration.ofNanos(left));
            }
        }
        return isQuiet(model());
    }

    private boolean isQuiet(OrchestrationReadModel model) {
        return prompted.stream()
                .map(model::thread)
                .allMatch(thread -> thread == null || isQuiet(thread, model));
    }

    private static boolean isQuiet(ChatThread thread, OrchestrationReadModel model) {
        if (thread.turns().isEmpty()) {
            return true;
        }
        TurnId newest = thread.turns().last();
        Turn turn = model.turn(newest);
        Checkpoint after = model.checkpoint(CheckpointId.after(newest));
        return turn == null || (!turn.state().isLive() && (after == null || !after.isPending()));
    }

    @Override
    public CompactionReport compact(CompactionOptions options, LogProgress progress)
            throws InterruptedException {
        return server.compact(options);
    }

    @Override
    public String ending() {
        return "The server at " + server.address() + " ended";
    }

    @Override
    public void close() {
        approvals.close();
        server.close();
        reader.close();
    }
}
