package dev.stele.git.restore;

import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.git.change.Spans;

/** Tells by the model what a selection means for the restore of a checkpoint. */
public final class RestoreChoices {

    private RestoreChoices() {}

    /**
     * What is taken back.
     *
     * @param checkpoint what is brought back
     * @param until the ticket of the restore; what comes after it does not count
     * @throws dev.stele.git.repository.GitFailure when it cannot be told what the thread has
     *     changed
     */
    public static RestoreChoice of(
            OrchestrationReadModel model,
            Checkpoint checkpoint,
            ChangeSelection selection,
            long until) {
        return switch (selection) {
            case ChangeSelection.All() -> new RestoreChoice.Everything();
            case ChangeSelection.Paths(var paths) -> new RestoreChoice.Named(paths);
            case ChangeSelection.Own() ->
                    new RestoreChoice.Own(
                            checkpoint.threadId(), Spans.since(model, checkpoint, until));
        };
    }
}
