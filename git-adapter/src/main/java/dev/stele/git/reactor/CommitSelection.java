package dev.stele.git.reactor;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Turn;
import dev.stele.git.disk.RawNames;
import dev.stele.git.operation.OwnChanges;
import dev.stele.git.operation.OwnChanges.Work;
import dev.stele.git.operation.Selected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out which files a commit is asked to hold. */
final class CommitSelection {

    private final OwnChanges ownChanges;
    private final OrchestrationReadModel model;

    CommitSelection(OwnChanges ownChanges, OrchestrationReadModel model) {
        this.ownChanges = ownChanges;
        this.model = model;
    }

    /** What a commit holds; the thread's own work is looked up in the repository. */
    Selected of(Operation.Commit commit, Path directory) throws IOException {
        return switch (commit.selection()) {
            case ChangeSelection.All() -> new Selected.All();
            case ChangeSelection.Own() -> own(commit, directory);
            case ChangeSelection.Paths(var paths) -> named(paths);
        };
    }

    private static Selected named(List<String> paths) {
        return new Selected.Some(
                paths.stream().map(RawNames::fromText).collect(Collectors.toSet()),
                "nothing has changed at " + String.join(", ", paths) + ".");
    }

    private Selected own(Operation.Commit commit, Path directory) throws IOException {
        ChatThread thread = model.thread(commit.threadId());
        Set<String> paths = thread == null ? Set.of() : ownChanges.of(directory, works(thread));
        return new Selected.Some(
                paths,
                "the thread "
                        + commit.threadId()
                        + " has changed nothing that is not committed already. Changes of others"
                        + " are committed by their paths, or with all.");
    }

    /** Its turns and restores of which both checkpoints are there, in the order of their work. */
    private List<Work> works(ChatThread thread) {
        var works = new TreeMap<Long, Work>();
        for (TurnId turnId : thread.turns()) {
            Turn turn = model.turn(turnId);
            if (turn != null) {
                put(works, turn.ticket(), CheckpointId.before(turnId), CheckpointId.after(turnId));
            }
        }
        for (var id : thread.operations()) {
            if (model.operation(id) instanceof Operation.Restore restore
                    && restore.state() instanceof OperationState.Restored
                    && restore.scope().includesFiles()) {
                put(works, restore.ticket(), restore.safetyCheckpointId(), restore.checkpointId());
            }
        }
        return List.copyOf(works.values());
    }

    private void put(Map<Long, Work> works, long ticket, CheckpointId before, CheckpointId after) {
        String from = ref(before);
        String to = ref(after);
        if (from != null && to != null) {
            works.put(ticket, new Work(from, to));
        }
    }

    private @Nullable String ref(CheckpointId id) {
        Checkpoint checkpoint = model.checkpoint(id);
        return checkpoint != null && checkpoint.state() instanceof CheckpointState.Ready ready
                ? ready.gitRef()
                : null;
    }
}
