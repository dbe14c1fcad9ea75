package dev.stele.git.change;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Turn;
import dev.stele.git.repository.CheckpointRefs;
import dev.stele.git.repository.GitFailure;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells by the model when threads have worked on the directory of a project, oldest first. */
public final class Spans {

    private final OrchestrationReadModel model;
    private final long from;
    private final long until;
    private final SortedMap<Long, Span> spans = new TreeMap<>();

    /**
     * @param from the first place in the lanes that counts
     * @param until the first one that does not count any more
     */
    private Spans(OrchestrationReadModel model, long from, long until) {
        this.model = model;
        this.from = from;
        this.until = until;
    }

    /**
     * What a thread has done since it was committed last.
     *
     * @throws GitFailure when a turn of it cannot be told
     */
    public static List<Span> uncommitted(OrchestrationReadModel model, ThreadId threadId) {
        ChatThread thread = model.thread(threadId);
        if (thread == null) {
            return List.of();
        }
        var own = new Spans(model, lastCommit(model, thread) + 1, Long.MAX_VALUE);
        own.add(thread, true);
        return List.copyOf(own.spans.values());
    }

    /** The ticket of the last commit that held all that the thread had changed until then. */
    private static long lastCommit(OrchestrationReadModel model, ChatThread thread) {
        long last = -1;
        for (OperationId id : thread.operations()) {
            if (model.operation(id) instanceof Operation.Commit commit && commit.isWhole()) {
                last = commit.ticket();
            }
        }
        return last;
    }

    /**
     * What a checkpoint's thread has done since it was taken.
     *
     * @param until the ticket of the work that asks; what comes after it does not count
     * @throws GitFailure when a turn of it cannot be told
     */
    public static List<Span> since(
            OrchestrationReadModel model, Checkpoint checkpoint, long until) {
        var own = new Spans(model, start(checkpoint), until);
        ChatThread thread = model.thread(checkpoint.threadId());
        if (thread != null) {
            own.add(thread, true);
        }
        return List.copyOf(own.spans.values());
    }

    /** What all threads of the project have done since a checkpoint was taken, as far as known. */
    public static List<Span> ofAllSince(OrchestrationReadModel model, Checkpoint checkpoint) {
        var all = new Spans(model, start(checkpoint), Long.MAX_VALUE);
        ChatThread own = model.thread(checkpoint.threadId());
        Project project = own == null ? null : model.project(own.projectId());
        if (project != null) {
            for (ThreadId id : project.threads().values()) {
                ChatThread thread = model.thread(id);
                if (thread != null) {
                    all.add(thread, false);
                }
            }
        }
        return List.copyOf(all.spans.values());
    }

    /** The checkpoint before a turn, and the one before a restore, share their ticket with it. */
    private static long start(Checkpoint checkpoint) {
        TurnId turn = checkpoint.turnId();
        boolean isBefore = turn != null && checkpoint.id().equals(CheckpointId.before(turn));
        return isBefore || checkpoint.id().isSafety()
                ? checkpoint.ticket()
                : checkpoint.ticket() + 1;
    }

    private boolean counts(long ticket) {
        return from <= ticket && ticket < until;
    }

    private void add(ChatThread thread, boolean strictly) {
        for (TurnId id : thread.turns()) {
            Turn turn = model.turn(id);
            if (turn != null && counts(turn.ticket())) {
                add(thread, turn, strictly);
            }
        }
        for (OperationId id : thread.operations()) {
            if (model.operation(id) instanceof Operation.Restore restore
                    && counts(restore.ticket())) {
                add(thread, restore);
            }
        }
    }

    private void add(ChatThread thread, Turn turn, boolean strictly) {
        String before = ref(CheckpointId.before(turn.id()));
        String after = ref(CheckpointId.after(turn.id()));
        if (before != null && after != null) {
            spans.put(turn.ticket(), new Span.OfTurn(thread.id(), before, after));
        } else if (strictly) {
            throw new GitFailure(
                    "What the turn "
                            + turn.id()
                            + " has changed cannot be told, since a checkpoint around it could not"
                            + " be taken, was thinned out or is still to come; name the files, or"
                            + " take everything.");
        }
    }

    /**
     * Also one that failed may have brought back something. What it did is on record, so that it is
     * known also when its checkpoints were thinned out.
     */
    private void add(ChatThread thread, Operation.Restore restore) {
        String safety = refEver(restore.safetyCheckpointId());
        String target = refEver(restore.checkpointId());
        if (restore.scope().includesFiles()
                && !restore.isOpen()
                && safety != null
                && target != null) {
            spans.put(
                    restore.ticket(),
                    new Span.OfRestore(thread.id(), restore.id(), safety, target));
        }
    }

    private @Nullable String ref(CheckpointId id) {
        Checkpoint checkpoint = model.checkpoint(id);
        return checkpoint != null && checkpoint.state() instanceof CheckpointState.Ready ready
                ? ready.gitRef()
                : null;
    }

    /** The ref that holds a checkpoint, or held it before it was thinned out; or null. */
    private @Nullable String refEver(CheckpointId id) {
        Checkpoint checkpoint = model.checkpoint(id);
        return checkpoint != null && checkpoint.state() instanceof CheckpointState.Thinned
                ? CheckpointRefs.name(checkpoint.threadId(), id)
                : ref(id);
    }
}
