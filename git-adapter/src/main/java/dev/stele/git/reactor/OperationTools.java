package dev.stele.git.reactor;

import dev.stele.contracts.OperationId;
import dev.stele.git.operation.BegunOperations;
import dev.stele.git.operation.Branches;
import dev.stele.git.operation.Commits;
import dev.stele.git.operation.Pushes;
import dev.stele.git.restore.Restores;
import java.util.Set;

/**
 * What operations are done with.
 *
 * @param restores brings back files
 * @param commits commits
 * @param branches makes branches
 * @param pushes pushes
 * @param worktrees works on worktrees
 * @param begun knows what all but restores have begun
 */
public record OperationTools(
        Restores restores,
        Commits commits,
        Branches branches,
        Pushes pushes,
        WorktreeTools worktrees,
        BegunOperations begun) {

    /** Drops what is kept for the case of a crash, once the result of an operation is recorded. */
    void forget(OperationId id) {
        restores.forget(id);
        begun.end(id);
    }

    /** Tidies up behind an operation that was given up. */
    void abandon(OperationId id) {
        restores.abandon(id);
        begun.end(id);
    }

    /** Tidies up behind whatever is no operation of these. */
    void abandonAllBut(Set<OperationId> open) {
        restores.abandonAllBut(open);
        begun.endAllBut(open);
    }
}
