package dev.stele.domain.port;

import dev.stele.contracts.CheckpointId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.OrchestrationReadModel;
import org.jspecify.annotations.Nullable;

/** Tells what restores would do. It changes nothing that a user can see. Thread-safe. */
public interface RestorePreviews {

    /**
     * {@return what a restore of a checkpoint's files would do now}
     *
     * @param model tells who has worked in the directory since
     * @param checkpointId a ready checkpoint of the model
     * @param selection which changes are to be taken back; null chooses: the thread's own when
     *     anyone else has changed something since, else all
     * @throws TreeDiffException when a state of the files cannot be read, or it cannot be told what
     *     the thread has changed
     */
    RestorePreview preview(
            OrchestrationReadModel model,
            CheckpointId checkpointId,
            @Nullable ChangeSelection selection);
}
