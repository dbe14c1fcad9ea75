package dev.stele.domain.model;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import io.vavr.collection.HashSet;

/**
 * The ids of what is deleted: they are never used again, since refs, trailers and files outside may
 * still carry them.
 *
 * @param projects ids of deleted projects
 * @param threads ids of deleted threads
 * @param turns ids of their turns
 * @param checkpoints ids of their checkpoints
 * @param operations ids of their operations
 */
public record RetiredIds(
        HashSet<ProjectId> projects,
        HashSet<ThreadId> threads,
        HashSet<TurnId> turns,
        HashSet<CheckpointId> checkpoints,
        HashSet<OperationId> operations) {

    /** Nothing was ever deleted. */
    public static final RetiredIds NONE =
            new RetiredIds(
                    HashSet.empty(),
                    HashSet.empty(),
                    HashSet.empty(),
                    HashSet.empty(),
                    HashSet.empty());
}
