package dev.stele.app;

import dev.stele.app.error.SteleException;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation.Restore;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.Turn;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which restore an undo takes back: the thread's newest one, an undo included. Where a later turn
 * or another thread's restore would be taken away with it, there is nothing to undo.
 */
final class Undo {

    private Undo() {}

    /**
     * The restore to take back.
     *
     * @throws SteleException.Refused when there is no such thread, or its newest restore is open
     * @throws SteleException.NothingToUndo when there is none, or something else came after it
     */
    static Restore find(OrchestrationReadModel model, ThreadId threadId) {
        ChatThread thread = model.thread(threadId);
        Project project = thread == null ? null : model.project(thread.projectId());
        if (thread == null || project == null) {
            throw new SteleException.Refused(new DeciderError.ThreadNotFound(threadId));
        }
        Restore newest = newest(restores(model, thread));
        if (newest == null) {
            throw new SteleException.NothingToUndo(nothing(model, thread));
        }
        if (newest.isOpen()) {
            throw new SteleException.Refused(new DeciderError.RestoreInProgress(newest.id()));
        }
        Restore last = newest(threads(model, project).flatMap(one -> restores(model, one)));
        if (last != null && !last.equals(newest)) {
            throw new SteleException.NothingToUndo(overtaken(newest, last));
        }
        Turn turn = newestTurn(model, project);
        if (turn != null && turn.ticket() > newest.ticket()) {
            throw new SteleException.NothingToUndo(overtaken(newest, turn));
        }
        return newest;
    }

    /** What an undo brings back. An undo that failed is tried again. */
    static CheckpointId target(Restore undone) {
        return undone.state() instanceof OperationState.Failed && undone.checkpointId().isSafety()
                ? undone.checkpointId()
                : undone.safetyCheckpointId();
    }

    private static Stream<ChatThread> threads(OrchestrationReadModel model, Project project) {
        return project.threads()
                .values()
                .toJavaStream()
                .mapMulti((id, found) -> {
                    ChatThread thread = model.thread(id);
                    if (thread != null) {
                        found.accept(thread);
                    }
                });
    }

    private static Stream<Restore> restores(OrchestrationReadModel model, ChatThread thread) {
        return thread.operations()
                .toJavaStream()
                .mapMulti((id, found) -> {
                    if (model.operation(id) instanceof Restore restore
                            && mayHaveChanged(restore, model)) {
                        found.accept(restore);
                    }
                });
    }

    /** A restore that failed did nothing, unless its safety checkpoint had been taken. */
    private static boolean mayHaveChanged(Restore restore, OrchestrationReadModel model) {
        if (!(restore.state() instanceof OperationState.Failed)) {
            return true;
        }
        return restore.scope() != RestoreScope.CONVERSATION
                && isReady(restore.safetyCheckpointId(), model);
    }

    private static boolean isReady(CheckpointId id, OrchestrationReadModel model) {
        Checkpoint checkpoint = model.checkpoint(id);
        return checkpoint != null && checkpoint.state() instanceof CheckpointState.Ready;
    }

    private static @Nullable Restore newest(Stream<Restore> restores) {
        return restores.max(Comparator.comparingLong(Restore::ticket)).orElse(null);
    }

    private static @Nullable Turn newestTurn(OrchestrationReadModel model, Project project) {
        return threads(model, project)
                .flatMap(thread -> newestTurn(model, thread))
                .max(Comparator.comparingLong(Turn::ticket))
                .orElse(null);
    }

    private static Stream<Turn> newestTurn(OrchestrationReadModel model, ChatThread thread) {
        return thread.turns().isEmpty()
                ? Stream.empty()
                : Stream.ofNullable(model.turn(thread.turns().last()));
    }

    private static String nothing(OrchestrationReadModel model, ChatThread thread) {
        String what = "There was no restore in the thread " + thread.id() + " that could be undone";
        return newestTurn(model, thread)
                .map(turn -> CheckpointId.before(turn.id()))
                .filter(before -> isReady(before, model))
                .findFirst()
                .map(before -> what + ". To take back its newest turn, restore " + before + ".")
                .orElse(what + ".");
    }

    private static String overtaken(Restore restore, Turn turn) {
        return "The turn "
                + turn.id()
                + " ran after the restore "
                + restore.id()
                + ", and an undo would take its changes away, too. To take back the turn alone,"
                + " restore "
                + CheckpointId.before(turn.id())
                + "; to take back both, restore "
                + target(restore)
                + ".";
    }

    private static String overtaken(Restore restore, Restore later) {
        return "The restore "
                + later.id()
                + " of the thread "
                + later.threadId()
                + " came after the restore "
                + restore.id()
                + " in the same directory. Undo that one first, or restore "
                + target(restore)
                + ".";
    }
}
