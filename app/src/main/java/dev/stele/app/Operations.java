package dev.stele.app;

import dev.stele.app.error.SteleException;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CommitChanges;
import dev.stele.domain.command.OrchestrationCommand.CreateBranch;
import dev.stele.domain.command.OrchestrationCommand.PushBranch;
import dev.stele.domain.command.OrchestrationCommand.RestoreCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.ThinCheckpoints;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.TreeDiffException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for operations, and waits for what comes of them. */
final class Operations {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Stele stele;

    Operations(Stele stele) {
        this.stele = stele;
    }

    Operation.Restore restore(
            CheckpointId checkpointId, RestoreScope scope, ChangeSelection selection)
            throws InterruptedException {
        OperationId id = Ids.operation();
        return ask(
                new RestoreCheckpoint(id, checkpointId, scope, selection, Instant.now()),
                id,
                Operation.Restore.class);
    }

    Operation.Restore undo(ThreadId threadId) throws InterruptedException {
        RestoreCheckpoint undo = undoing(threadId);
        return ask(undo, undo.restoreId(), Operation.Restore.class);
    }

    OperationId beginUndo(ThreadId threadId) {
        RestoreCheckpoint undo = undoing(threadId);
        stele.execute(undo);
        return undo.restoreId();
    }

    private RestoreCheckpoint undoing(ThreadId threadId) {
        Operation.Restore undone = Undo.find(stele.model(), threadId);
        CheckpointId target = Undo.target(undone);
        return new RestoreCheckpoint(
                Ids.operation(), target, undone.scope(), selection(undone, target), Instant.now());
    }

    /** What others have done after the restore stays, unless the restore itself was of paths. */
    private ChangeSelection selection(Operation.Restore undone, CheckpointId target) {
        boolean wasDone = undone.state() instanceof OperationState.Restored;
        if (!wasDone
                || !undone.scope().includesFiles()
                || undone.selection() instanceof ChangeSelection.Paths) {
            return undone.selection();
        }
        try {
            return stele.changes().restoring(target, null).selection();
        } catch (TreeDiffException e) {
            return undone.selection();
        }
    }

    Operation.Commit commit(ThreadId threadId, String message, ChangeSelection selection)
            throws InterruptedException {
        OperationId id = Ids.operation();
        return ask(
                new CommitChanges(id, threadId, message, selection, Instant.now()),
                id,
                Operation.Commit.class);
    }

    Operation.Branch branch(ProjectId projectId, String name, @Nullable String from)
            throws InterruptedException {
        OperationId id = Ids.operation();
        return ask(
                new CreateBranch(id, projectId, name, from, Instant.now()),
                id,
                Operation.Branch.class);
    }

    Operation.Push push(ProjectId projectId, String branch, String remote, @Nullable String lease)
            throws InterruptedException {
        OperationId id = Ids.operation();
        return ask(
                new PushBranch(id, projectId, branch, remote, lease, Instant.now()),
                id,
                Operation.Push.class);
    }

    List<CheckpointId> thin(ProjectId projectId, ThinningPolicy policy) {
        List<CheckpointId> thinned = new ArrayList<>();
        while (true) {
            OperationId id = Ids.operation();
            stele.execute(new ThinCheckpoints(id, projectId, policy, Instant.now()));
            if (!(stele.model().operation(id) instanceof Operation.Thinning thinning)) {
                return thinned;
            }
            thinned.addAll(thinning.checkpoints());
        }
    }

    <O extends Operation> O ask(OrchestrationCommand command, OperationId id, Class<O> kind)
            throws InterruptedException {
        stele.execute(command);
        try (EventSubscription news = stele.subscribe(stele.model().sequence())) {
            while (true) {
                Operation operation = stele.model().operation(id);
                if (operation == null) {
                    throw new SteleException.Refused(new DeciderError.OperationNotFound(id));
                }
                if (!operation.isOpen()) {
                    return kind.cast(operation);
                }
                if (news.isClosed()) {
                    throw new SteleException.Unavailable(
                            stele.ending()
                                    + " before the operation "
                                    + id
                                    + " had ended; what becomes of it is in the log at the next"
                                    + " start.");
                }
                stele.requireAtWork(stele.model().placeOf(id));
                news.next(PATIENCE);
            }
        }
    }
}
