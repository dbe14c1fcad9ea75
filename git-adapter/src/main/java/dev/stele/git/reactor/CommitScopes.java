package dev.stele.git.reactor;

import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.git.change.Spans;
import dev.stele.git.operation.CommitScope;

/** Tells by the model what a commit is to hold. */
final class CommitScopes {

    private CommitScopes() {}

    /**
     * What a commit is to hold.
     *
     * @throws dev.stele.git.repository.GitFailure when it cannot be told what the thread has
     *     changed
     */
    static CommitScope of(OrchestrationReadModel model, Operation.Commit commit) {
        return switch (commit.selection()) {
            case ChangeSelection.All() -> new CommitScope.Everything();
            case ChangeSelection.Paths(var paths) -> new CommitScope.Named(paths);
            case ChangeSelection.Own() ->
                    new CommitScope.Within(Spans.uncommitted(model, commit.threadId()));
        };
    }
}
