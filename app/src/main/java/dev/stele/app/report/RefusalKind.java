package dev.stele.app.report;

import dev.stele.domain.command.DeciderError;

/** What is wrong when a command is refused: doors tell it by a code of their own. */
public enum RefusalKind {
    /** What was given is not valid. */
    INPUT,
    /** What was named is not there. */
    NOT_THERE,
    /** It cannot be done in this state. */
    STATE,
    /** The log is damaged. */
    DAMAGED;

    /**
     * {@return the kind of a refusal}
     *
     * @param error the refusal
     */
    public static RefusalKind of(DeciderError error) {
        return switch (error) {
            case DeciderError.InvalidInput _, DeciderError.InvalidBranchName _ -> INPUT;
            case DeciderError.ProjectNotFound _,
                    DeciderError.ThreadNotFound _,
                    DeciderError.TurnNotFound _,
                    DeciderError.CheckpointNotFound _,
                    DeciderError.PromptNotQueued _,
                    DeciderError.OperationNotFound _ ->
                    NOT_THERE;
            case DeciderError.ProjectAlreadyExists _,
                    DeciderError.DuplicateProjectPath _,
                    DeciderError.ThreadAlreadyExists _,
                    DeciderError.ThreadBusy _,
                    DeciderError.TurnAlreadyExists _,
                    DeciderError.TurnNotOpen _,
                    DeciderError.NoRunningTurn _,
                    DeciderError.RestoreInProgress _,
                    DeciderError.ActionNotPending _,
                    DeciderError.OptionNotOffered _,
                    DeciderError.OptionKindMismatch _,
                    DeciderError.CheckpointAlreadyExists _,
                    DeciderError.CheckpointNotReady _,
                    DeciderError.CheckpointThinned _,
                    DeciderError.OperationAlreadyExists _,
                    DeciderError.OperationAlreadySettled _,
                    DeciderError.NothingLost _,
                    DeciderError.ProjectElsewhere _,
                    DeciderError.NotAWorktree _,
                    DeciderError.WorktreeNotThere _,
                    DeciderError.WorktreeStillThere _,
                    DeciderError.WorktreeInProgress _,
                    DeciderError.PromptAlreadyStarted _,
                    DeciderError.QueueFull _,
                    DeciderError.QueueOnHold _ ->
                    STATE;
            case DeciderError.LogUnreadable _ -> DAMAGED;
        };
    }
}
