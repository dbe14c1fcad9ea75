package dev.stele.git.reactor;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.git.operation.CommitScope;
import dev.stele.git.operation.CommitScope.Span;
import dev.stele.git.repository.GitFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells by the model what a commit is to hold. */
final class CommitScopes {

    private final OrchestrationReadModel model;
    private final ChatThread thread;
    private final long since;
    private final List<Span> spans = new ArrayList<>();

    private CommitScopes(OrchestrationReadModel model, ChatThread thread) {
        this.model = model;
        this.thread = thread;
        this.since = lastCommit();
    }

    /**
     * What a commit is to hold.
     *
     * @throws GitFailure when it cannot be told what the thread has changed
     */
    static CommitScope of(OrchestrationReadModel model, Operation.Commit commit) {
        return switch (commit.selection()) {
            case ChangeSelection.All() -> new CommitScope.Everything();
            case ChangeSelection.Paths(var paths) -> new CommitScope.Named(paths);
            case ChangeSelection.Own() -> {
                ChatThread thread = model.thread(commit.threadId());
                yield new CommitScope.Within(
                        thread == null ? List.of() : new CommitScopes(model, thread).collect());
            }
        };
    }

    private List<Span> collect() {
        thread.turns().forEach(this::add);
        for (OperationId id : thread.operations()) {
            if (model.operation(id) instanceof Operation.Restore restore
                    && restore.ticket() > since) {
                add(restore);
            }
        }
        return spans;
    }

    /** The ticket of the last commit that held all that the thread had changed until then. */
    private long lastCommit() {
        long last = -1;
        for (OperationId id : thread.operations()) {
            if (model.operation(id) instanceof Operation.Commit commit
                    && commit.state() instanceof OperationState.Recorded
                    && !(commit.selection() instanceof ChangeSelection.Paths)) {
                last = commit.ticket();
            }
        }
        return last;
    }

    private void add(TurnId turnId) {
        Turn turn = model.turn(turnId);
        if (turn != null && turn.ticket() > since) {
            String before = ref(turnId, model.checkpoint(CheckpointId.before(turnId)));
            String after = ref(turnId, model.checkpoint(CheckpointId.after(turnId)));
            spans.add(new Span(before, after, after));
        }
    }

    private static String ref(TurnId turnId, @Nullable Checkpoint checkpoint) {
        if (checkpoint != null && checkpoint.state() instanceof CheckpointState.Ready ready) {
            return ready.gitRef();
        }
        throw new GitFailure(
                "What the turn "
                        + turnId
                        + " has changed cannot be told, since a checkpoint around it could not be"
                        + " taken; name the files, or commit everything.");
    }

    /** Also one that failed may have brought back something. */
    private void add(Operation.Restore restore) {
        Checkpoint safety = model.checkpoint(restore.safetyCheckpointId());
        Checkpoint target = model.checkpoint(restore.checkpointId());
        if (restore.scope().includesFiles()
                && safety != null
                && target != null
                && safety.state() instanceof CheckpointState.Ready from
                && target.state() instanceof CheckpointState.Ready to) {
            spans.add(new Span(from.gitRef(), to.gitRef(), from.gitRef()));
        }
    }
}
