package dev.stele.persistence.json;

import static java.util.Map.entry;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolOutput;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.*;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.*;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Lanes;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.Receipt;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of all variants in JSON. They are a file format: a class may be renamed, the name
 * beside it never is.
 */
final class Names {

    private static final Map<Class<?>, String> BY_CLASS =
            Stream.of(events(), commands(), errors(), agents(), model(), answers())
                    .flatMap(names -> names.entrySet().stream())
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Names() {}

    /**
     * Whether the type is a variant with a name.
     *
     * @param type any type
     */
    static boolean isNamed(Class<?> type) {
        return BY_CLASS.containsKey(type);
    }

    /**
     * The name of a variant.
     *
     * @param type a record of a sealed family
     * @throws IllegalArgumentException when it has none
     */
    static String of(Class<?> type) {
        String name = BY_CLASS.get(type);
        if (name == null) {
            throw new IllegalArgumentException(type.getName() + " has no name in JSON");
        }
        return name;
    }

    private static Map<Class<?>, String> events() {
        return Map.ofEntries(
                entry(ProjectCreated.class, "ProjectCreated"),
                entry(ProjectDeleted.class, "ProjectDeleted"),
                entry(ProjectRenamed.class, "ProjectRenamed"),
                entry(ThreadCreated.class, "ThreadCreated"),
                entry(ThreadDeleted.class, "ThreadDeleted"),
                entry(ThreadSelected.class, "ThreadSelected"),
                entry(ThreadStatusChanged.class, "ThreadStatusChanged"),
                entry(SessionUpdated.class, "SessionUpdated"),
                entry(UsageUpdated.class, "UsageUpdated"),
                entry(NoticeRecorded.class, "NoticeRecorded"),
                entry(TurnStarted.class, "TurnStarted"),
                entry(MessageAppended.class, "MessageAppended"),
                entry(MessageChunkReceived.class, "MessageChunkReceived"),
                entry(ToolCallUpdated.class, "ToolCallUpdated"),
                entry(PlanUpdated.class, "PlanUpdated"),
                entry(RetryReported.class, "RetryReported"),
                entry(TurnCompleted.class, "TurnCompleted"),
                entry(TurnFailed.class, "TurnFailed"),
                entry(TurnInterrupted.class, "TurnInterrupted"),
                entry(TurnDrained.class, "TurnDrained"),
                entry(ApprovalRequested.class, "ApprovalRequested"),
                entry(ActionApproved.class, "ActionApproved"),
                entry(ActionRejected.class, "ActionRejected"),
                entry(ApprovalExpired.class, "ApprovalExpired"),
                entry(CheckpointCreated.class, "CheckpointCreated"),
                entry(CheckpointGitRefAssigned.class, "CheckpointGitRefAssigned"),
                entry(CheckpointFailed.class, "CheckpointFailed"),
                entry(CheckpointsThinned.class, "CheckpointsThinned"),
                entry(CheckpointRestoreRequested.class, "CheckpointRestoreRequested"),
                entry(CheckpointRestored.class, "CheckpointRestored"),
                entry(CheckpointRestoreFailed.class, "CheckpointRestoreFailed"),
                entry(CommitRequested.class, "CommitRequested"),
                entry(ChangesCommitted.class, "ChangesCommitted"),
                entry(CommitFailed.class, "CommitFailed"),
                entry(BranchRequested.class, "BranchRequested"),
                entry(BranchCreated.class, "BranchCreated"),
                entry(BranchCreationFailed.class, "BranchCreationFailed"),
                entry(PushRequested.class, "PushRequested"),
                entry(BranchPushed.class, "BranchPushed"),
                entry(PushFailed.class, "PushFailed"),
                entry(CleanupCompleted.class, "CleanupCompleted"),
                entry(CleanupFailed.class, "CleanupFailed"),
                entry(PromptQueued.class, "PromptQueued"),
                entry(QueuedPromptEdited.class, "QueuedPromptEdited"),
                entry(QueuedPromptMoved.class, "QueuedPromptMoved"),
                entry(QueuedPromptRemoved.class, "QueuedPromptRemoved"),
                entry(QueueHeld.class, "QueueHeld"),
                entry(ProjectPolicySet.class, "ProjectPolicySet"),
                entry(ThreadPolicySet.class, "ThreadPolicySet"),
                entry(UnknownEvent.class, "UnknownEvent"),
                entry(LogLossAccepted.class, "LogLossAccepted"),
                entry(WriterChanged.class, "WriterChanged"),
                entry(LogCompacted.class, "LogCompacted"),
                entry(TextErased.class, "TextErased"),
                entry(AbsorbedEvent.class, "AbsorbedEvent"),
                entry(UnreadableEvent.class, "UnreadableEvent"));
    }

    private static Map<Class<?>, String> commands() {
        return Map.ofEntries(
                entry(CreateProject.class, "CreateProject"),
                entry(DeleteProject.class, "DeleteProject"),
                entry(RenameProject.class, "RenameProject"),
                entry(CreateThread.class, "CreateThread"),
                entry(DeleteThread.class, "DeleteThread"),
                entry(SelectThread.class, "SelectThread"),
                entry(StartTurn.class, "StartTurn"),
                entry(InterruptTurn.class, "InterruptTurn"),
                entry(ApprovePendingAction.class, "ApprovePendingAction"),
                entry(RejectPendingAction.class, "RejectPendingAction"),
                entry(IngestProviderEvent.class, "IngestProviderEvent"),
                entry(CreateCheckpoint.class, "CreateCheckpoint"),
                entry(RestoreCheckpoint.class, "RestoreCheckpoint"),
                entry(CommitChanges.class, "CommitChanges"),
                entry(CreateBranch.class, "CreateBranch"),
                entry(PushBranch.class, "PushBranch"),
                entry(ThinCheckpoints.class, "ThinCheckpoints"),
                entry(AbandonOperation.class, "AbandonOperation"),
                entry(AssignCheckpointGitRef.class, "AssignCheckpointGitRef"),
                entry(FailCheckpoint.class, "FailCheckpoint"),
                entry(CompleteRestore.class, "CompleteRestore"),
                entry(FailRestore.class, "FailRestore"),
                entry(RecordCommit.class, "RecordCommit"),
                entry(FailCommit.class, "FailCommit"),
                entry(RecordBranch.class, "RecordBranch"),
                entry(FailBranch.class, "FailBranch"),
                entry(RecordPush.class, "RecordPush"),
                entry(FailPush.class, "FailPush"),
                entry(CompleteCleanup.class, "CompleteCleanup"),
                entry(QueuePrompt.class, "QueuePrompt"),
                entry(EditQueuedPrompt.class, "EditQueuedPrompt"),
                entry(MoveQueuedPrompt.class, "MoveQueuedPrompt"),
                entry(RemoveQueuedPrompt.class, "RemoveQueuedPrompt"),
                entry(SendQueuedPrompt.class, "SendQueuedPrompt"),
                entry(StartQueuedPrompt.class, "StartQueuedPrompt"),
                entry(SetProjectPolicy.class, "SetProjectPolicy"),
                entry(SetThreadPolicy.class, "SetThreadPolicy"),
                entry(JudgeAction.class, "JudgeAction"),
                entry(AcceptLogLoss.class, "AcceptLogLoss"),
                entry(ChangeWriter.class, "ChangeWriter"),
                entry(CompactLog.class, "CompactLog"),
                entry(EraseText.class, "EraseText"));
    }

    private static Map<Class<?>, String> errors() {
        return Map.ofEntries(
                entry(InvalidInput.class, "InvalidInput"),
                entry(ProjectAlreadyExists.class, "ProjectAlreadyExists"),
                entry(DuplicateProjectPath.class, "DuplicateProjectPath"),
                entry(ProjectNotFound.class, "ProjectNotFound"),
                entry(ThreadAlreadyExists.class, "ThreadAlreadyExists"),
                entry(ThreadNotFound.class, "ThreadNotFound"),
                entry(ThreadBusy.class, "ThreadBusy"),
                entry(TurnAlreadyExists.class, "TurnAlreadyExists"),
                entry(TurnNotFound.class, "TurnNotFound"),
                entry(TurnNotOpen.class, "TurnNotOpen"),
                entry(NoRunningTurn.class, "NoRunningTurn"),
                entry(RestoreInProgress.class, "RestoreInProgress"),
                entry(ActionNotPending.class, "ActionNotPending"),
                entry(OptionNotOffered.class, "OptionNotOffered"),
                entry(OptionKindMismatch.class, "OptionKindMismatch"),
                entry(CheckpointAlreadyExists.class, "CheckpointAlreadyExists"),
                entry(CheckpointNotFound.class, "CheckpointNotFound"),
                entry(CheckpointNotReady.class, "CheckpointNotReady"),
                entry(CheckpointThinned.class, "CheckpointThinned"),
                entry(InvalidBranchName.class, "InvalidBranchName"),
                entry(OperationAlreadyExists.class, "OperationAlreadyExists"),
                entry(OperationNotFound.class, "OperationNotFound"),
                entry(OperationAlreadySettled.class, "OperationAlreadySettled"),
                entry(LogUnreadable.class, "LogUnreadable"),
                entry(NothingLost.class, "NothingLost"),
                entry(ProjectElsewhere.class, "ProjectElsewhere"),
                entry(PromptNotQueued.class, "PromptNotQueued"),
                entry(PromptAlreadyStarted.class, "PromptAlreadyStarted"),
                entry(QueueFull.class, "QueueFull"),
                entry(QueueOnHold.class, "QueueOnHold"));
    }

    private static Map<Class<?>, String> agents() {
        return Map.ofEntries(
                entry(ProviderEvent.TextDelta.class, "TextDelta"),
                entry(ProviderEvent.ThinkingDelta.class, "ThinkingDelta"),
                entry(ProviderEvent.ToolCall.class, "ToolCall"),
                entry(ProviderEvent.ToolResult.class, "ToolResult"),
                entry(ProviderEvent.AwaitingApproval.class, "AwaitingApproval"),
                entry(ProviderEvent.TurnComplete.class, "TurnComplete"),
                entry(ProviderEvent.Error.class, "Error"),
                entry(ProviderEvent.ApprovalWithdrawn.class, "ApprovalWithdrawn"),
                entry(ProviderEvent.PlanUpdate.class, "PlanUpdate"),
                entry(ProviderEvent.UsageUpdate.class, "UsageUpdate"),
                entry(ProviderEvent.SessionUpdate.class, "SessionUpdate"),
                entry(ProviderEvent.Retrying.class, "Retrying"),
                entry(ProviderEvent.Notice.class, "Notice"),
                entry(MessageContent.Text.class, "Text"),
                entry(MessageContent.ThinkingBlock.class, "ThinkingBlock"),
                entry(MessageContent.ToolCall.class, "ToolCall"),
                entry(MessageContent.ToolResult.class, "ToolResult"),
                entry(MessageContent.Image.class, "Image"),
                entry(MessageContent.Resource.class, "Resource"),
                entry(MessageContent.ResourceLink.class, "ResourceLink"),
                entry(ToolOutput.TextOutput.class, "TextOutput"),
                entry(ToolOutput.Diff.class, "Diff"),
                entry(ToolOutput.TerminalOutput.class, "TerminalOutput"),
                entry(ToolOutput.RawOutput.class, "RawOutput"));
    }

    private static Map<Class<?>, String> model() {
        return Map.ofEntries(
                entry(ThreadStatus.Idle.class, "Idle"),
                entry(ThreadStatus.Running.class, "Running"),
                entry(ThreadStatus.AwaitingApproval.class, "AwaitingApproval"),
                entry(TurnState.Open.class, "Open"),
                entry(TurnState.Draining.class, "Draining"),
                entry(TurnState.Interrupted.class, "Interrupted"),
                entry(TurnState.Completed.class, "Completed"),
                entry(TurnState.Failed.class, "Failed"),
                entry(Transcript.Live.class, "Live"),
                entry(Transcript.Past.class, "Past"),
                entry(CheckpointState.Pending.class, "Pending"),
                entry(CheckpointState.Ready.class, "Ready"),
                entry(CheckpointState.Failed.class, "Failed"),
                entry(CheckpointState.Thinned.class, "Thinned"),
                entry(OperationState.Open.class, "Open"),
                entry(OperationState.Recorded.class, "Recorded"),
                entry(OperationState.Restored.class, "Restored"),
                entry(OperationState.Cleaned.class, "Cleaned"),
                entry(OperationState.Failed.class, "Failed"),
                entry(ChangeSelection.Own.class, "Own"),
                entry(ChangeSelection.All.class, "All"),
                entry(ChangeSelection.Paths.class, "Paths"),
                entry(Operation.Restore.class, "Restore"),
                entry(Operation.Commit.class, "Commit"),
                entry(Operation.Branch.class, "Branch"),
                entry(Operation.Push.class, "Push"),
                entry(Operation.Thinning.class, "Thinning"),
                entry(Operation.Cleanup.class, "Cleanup"),
                entry(Message.Body.Prompt.class, "Prompt"),
                entry(Message.Body.Speech.class, "Speech"),
                entry(Message.Body.Thought.class, "Thought"),
                entry(Message.Body.Whole.class, "Whole"),
                entry(Lanes.Work.TurnWork.class, "TurnWork"),
                entry(Lanes.Work.CheckpointWork.class, "CheckpointWork"),
                entry(Lanes.Work.OperationWork.class, "OperationWork"));
    }

    private static Map<Class<?>, String> answers() {
        return Map.ofEntries(
                entry(Receipt.Outcome.Accepted.class, "Accepted"),
                entry(Receipt.Outcome.Rejected.class, "Rejected"),
                entry(LogVerification.Sound.class, "Sound"),
                entry(LogVerification.Lossy.class, "Lossy"),
                entry(LogVerification.Broken.class, "Broken"),
                entry(LogVerification.Cut.class, "Cut"),
                entry(LogVerification.Rewritten.class, "Rewritten"),
                entry(LogVerification.Compacted.class, "Compacted"),
                entry(DispatchResult.Accepted.class, "Accepted"),
                entry(DispatchResult.Rejected.class, "Rejected"),
                entry(DispatchResult.Overloaded.class, "Overloaded"),
                entry(DispatchResult.CommandIdConflict.class, "CommandIdConflict"),
                entry(DispatchResult.Unencodable.class, "Unencodable"),
                entry(DispatchResult.NotTheWriter.class, "NotTheWriter"),
                entry(DispatchResult.Unavailable.class, "Unavailable"));
    }
}
