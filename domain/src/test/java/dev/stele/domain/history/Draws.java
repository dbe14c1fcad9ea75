package dev.stele.domain.history;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import dev.stele.domain.model.Operation.Cleanup.Subject;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.Turn;
import io.vavr.collection.Traversable;
import io.vavr.control.Option;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random ids: mostly of what is there and open, else from pools so small that they collide, with
 * ids of full length and ids that look like made ones.
 */
final class Draws {

    private static final List<String> DIRECTORIES =
            List.of("/", "/w", "/w/a", "/w/a/b", "/w/ab", "/x", "relative");
    private static final List<String> ODD =
            List.of("x".repeat(99) + "1", "x".repeat(99) + "2", "u1-before", "o1", "o1-safety");

    private final Random random;

    Draws(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T one(List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Mostly one of those, if there are any, else the other. */
    private <T> T mostly(Traversable<? extends T> those, T other) {
        return those.isEmpty() || oneIn(8) ? other : one(those.toJavaList());
    }

    private String id(String letter, int pool) {
        return oneIn(12) ? one(ODD) : letter + (1 + below(pool));
    }

    String directory() {
        return one(DIRECTORIES);
    }

    ProjectId newProject() {
        return new ProjectId(id("p", 4));
    }

    ProjectId project(OrchestrationReadModel model) {
        return mostly(model.projects().keySet(), newProject());
    }

    ProjectId worktree(OrchestrationReadModel model) {
        return mostly(
                model.projects().filterValues(project -> project.worktree() != null).keySet(),
                project(model));
    }

    /** A project of the user's, or a worktree. */
    ProjectId place(OrchestrationReadModel model) {
        return oneIn(3) ? worktree(model) : project(model);
    }

    ThreadId newThread() {
        return new ThreadId(id("t", 8));
    }

    ThreadId thread(OrchestrationReadModel model) {
        return mostly(model.threads().keySet(), newThread());
    }

    TurnId newTurn() {
        return new TurnId(id("u", 40));
    }

    /** Mostly one that waits, and is next where nothing holds its queue. */
    TurnId queuedPrompt(OrchestrationReadModel model) {
        TurnId any =
                mostly(model.queued().keySet(), mostly(model.turns().live().keySet(), newTurn()));
        return oneIn(3)
                ? any
                : mostly(
                        model.threads()
                                .values()
                                .filter(t -> t.openTurn() == null)
                                .flatMap(t -> Option.of(t.queue().next())),
                        any);
    }

    /** Mostly a turn of the thread whose agent may speak. */
    TurnId turn(OrchestrationReadModel model, ThreadId threadId) {
        ChatThread thread = model.thread(threadId);
        if (thread == null) {
            return mostly(model.turns().values().map(Turn::id), newTurn());
        }
        TurnId open = thread.openTurn();
        TurnId any = mostly(thread.turns(), newTurn());
        return open != null && !oneIn(5) ? open : mostly(thread.draining(), any);
    }

    /** Mostly a thread that has an open turn. */
    ThreadId busyThread(OrchestrationReadModel model) {
        return mostly(
                model.threads().values().filter(t -> t.openTurn() != null).map(ChatThread::id),
                thread(model));
    }

    ThreadId idleThread(OrchestrationReadModel model) {
        return mostly(
                model.threads().values().filter(t -> t.openTurn() == null).map(ChatThread::id),
                thread(model));
    }

    /** Mostly a turn whose work on its tree is not settled. */
    TurnId unsettledTurn(OrchestrationReadModel model) {
        return mostly(
                model.lanes()
                        .open()
                        .values()
                        .filter(work -> work instanceof TurnWork)
                        .map(work -> ((TurnWork) work).turnId()),
                mostly(model.turns().values().map(Turn::id), newTurn()));
    }

    ActionId newAction() {
        return new ActionId("a" + (1 + below(6)));
    }

    /** Mostly a pending action of the thread. */
    ActionId action(OrchestrationReadModel model, ThreadId threadId) {
        ChatThread thread = model.thread(threadId);
        TurnId open = thread == null ? null : thread.openTurn();
        Turn turn = open == null ? null : model.turn(open);
        return turn == null
                ? newAction()
                : mostly(turn.pending().map(PendingAction::id), newAction());
    }

    String toolCall() {
        return "tc_" + (1 + below(4));
    }

    @Nullable String messageId() {
        return oneIn(4) ? "m" + below(2) : null;
    }

    CheckpointId newCheckpoint() {
        return switch (below(6)) {
            case 0 -> CheckpointId.before(newTurn());
            case 1 -> CheckpointId.after(newTurn());
            case 2 -> CheckpointId.safety(newOperation());
            default -> new CheckpointId(id("c", 12));
        };
    }

    CheckpointId checkpoint(OrchestrationReadModel model) {
        return mostly(model.checkpoints().keySet(), newCheckpoint());
    }

    CheckpointId readyCheckpoint(OrchestrationReadModel model) {
        return mostly(
                model.checkpoints()
                        .values()
                        .filter(c -> c.state() instanceof CheckpointState.Ready)
                        .map(Checkpoint::id),
                checkpoint(model));
    }

    CheckpointId thinnedCheckpoint(OrchestrationReadModel model) {
        return mostly(
                model.checkpoints()
                        .values()
                        .filter(c -> c.state() instanceof CheckpointState.Thinned)
                        .map(Checkpoint::id),
                checkpoint(model));
    }

    CheckpointId pendingCheckpoint(OrchestrationReadModel model) {
        return mostly(
                model.checkpoints().values().filter(Checkpoint::isPending).map(Checkpoint::id),
                checkpoint(model));
    }

    OperationId newOperation() {
        return oneIn(20)
                ? new OperationId(newThread().value().charAt(0) + Subject.AGENT.suffix())
                : new OperationId(id("o", 20));
    }

    OperationId openOperation(OrchestrationReadModel model) {
        return mostly(model.openOperations(), mostly(model.operations().keySet(), newOperation()));
    }
}
