package dev.stele.app;

import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.TurnState;

/**
 * What became of a turn, its checkpoints included.
 *
 * @param projectId its project
 * @param threadId its thread
 * @param turnId the turn
 * @param state how it ended
 * @param text the agent's last message, empty when it said nothing
 * @param before the checkpoint from before it, ready or failed
 * @param after the checkpoint from after it, ready or failed
 */
public record TurnResult(
        ProjectId projectId,
        ThreadId threadId,
        TurnId turnId,
        TurnState state,
        String text,
        Checkpoint before,
        Checkpoint after) {

    /** {@return whether the agent came to its end in order} */
    public boolean isCompleted() {
        return state instanceof TurnState.Completed;
    }
}
