package dev.stele.app.embedding;

import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.approval.ApprovalPolicy.Question;
import dev.stele.app.approval.ApprovalPolicy.Verdict;
import dev.stele.app.config.SteleHome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnCompleted;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnFailed;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.TurnStarted;
import dev.stele.domain.event.StoredEvent;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that many threads give tasks to: each task is a turn of its own, nothing is deleted or
 * executed by any agent, and a board shows what is going on. Thread-safe.
 */
public final class TaskService implements AutoCloseable {
    private final Board board = new Board();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Stele stele;

    /** A service that keeps its things in a directory. */
    public TaskService(Path directory) {
        // region service
        stele =
                Stele.builder()
                        .home(new SteleHome(directory))
                        .approvals(ApprovalPolicy.of("careful", TaskService::careful))
                        .subscriber("board", 0, board::show)
                        .open();
        // endregion service
    }

    private static Verdict careful(Question question) {
        return switch (question.kind()) {
            case READ, SEARCH, THINK, EDIT -> Verdict.APPROVE;
            case DELETE, EXECUTE -> Verdict.REJECT;
            default -> Verdict.ASK;
        };
    }

    /** Gives an agent a task in a repository; the task goes on if nobody waits for it. */
    public Future<TurnResult> submit(Path repository, String agent, String task) {
        return threads.submit(() -> stele.run(repository, agent, task));
    }

    /** What is going on, and what has been. */
    public Board board() {
        return board;
    }

    /** Waits for the tasks, and closes everything. */
    @Override
    public void close() {
        threads.close();
        stele.close();
    }

    /** Counts what the log tells, from its beginning on. Thread-safe. */
    public static final class Board {
        private final Set<TurnId> running = ConcurrentHashMap.newKeySet();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();

        private void show(StoredEvent fact) {
            switch (fact.event()) {
                case TurnStarted started -> running.add(started.turnId());
                case TurnCompleted ended -> end(ended.turnId());
                case TurnFailed ended -> end(ended.turnId());
                case ActionRejected _ -> refused.incrementAndGet();
                default -> {}
            }
        }

        private void end(TurnId turnId) {
            running.remove(turnId);
            done.incrementAndGet();
        }

        /** How many tasks are under way. */
        public int running() {
            return running.size();
        }

        /** How many tasks have ended. */
        public int done() {
            return done.get();
        }

        /** How many actions were not allowed. */
        public int refused() {
            return refused.get();
        }
    }
}
