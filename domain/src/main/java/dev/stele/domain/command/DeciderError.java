package dev.stele.domain.command;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.Characters;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.ThinningPolicy;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A refusal as a value: why a command changes nothing. The list is closed. */
public sealed interface DeciderError {

    /**
     * A field is blank or malformed.
     *
     * @param field the command's field
     * @param why what is wrong with it
     */
    record InvalidInput(String field, String why) implements DeciderError {}

    /**
     * The project's id is or was in use.
     *
     * @param projectId the id
     */
    record ProjectAlreadyExists(ProjectId projectId) implements DeciderError {}

    /**
     * Another project has this directory.
     *
     * @param path the directory
     * @param projectId the project that has it
     */
    record DuplicateProjectPath(String path, ProjectId projectId) implements DeciderError {}

    /**
     * There is no such project.
     *
     * @param projectId the id
     */
    record ProjectNotFound(ProjectId projectId) implements DeciderError {}

    /**
     * The thread's id is or was in use.
     *
     * @param threadId the id
     */
    record ThreadAlreadyExists(ThreadId threadId) implements DeciderError {}

    /**
     * There is no such thread.
     *
     * @param threadId the id
     */
    record ThreadNotFound(ThreadId threadId) implements DeciderError {}

    /**
     * The thread has an open turn.
     *
     * @param threadId the thread
     * @param turnId its open turn
     */
    record ThreadBusy(ThreadId threadId, TurnId turnId) implements DeciderError {}

    /**
     * The turn's id is or was in use.
     *
     * @param turnId the id
     */
    record TurnAlreadyExists(TurnId turnId) implements DeciderError {}

    /**
     * The thread has no such turn.
     *
     * @param threadId the thread
     * @param turnId the id
     */
    record TurnNotFound(ThreadId threadId, TurnId turnId) implements DeciderError {}

    /**
     * The turn has ended and takes nothing in any more.
     *
     * @param turnId the turn
     */
    record TurnNotOpen(TurnId turnId) implements DeciderError {}

    /**
     * The thread is idle: there is nothing to interrupt.
     *
     * @param threadId the thread
     */
    record NoRunningTurn(ThreadId threadId) implements DeciderError {}

    /**
     * A restore is under way where this would work.
     *
     * @param restoreId the restore
     */
    record RestoreInProgress(OperationId restoreId) implements DeciderError {}

    /**
     * The action is not pending: it is unknown, answered or expired.
     *
     * @param threadId the thread
     * @param actionId the action
     */
    record ActionNotPending(ThreadId threadId, ActionId actionId) implements DeciderError {}

    /**
     * The agent did not offer this option.
     *
     * @param actionId the action
     * @param optionId the option asked for; null when one was to be chosen and none was fit
     */
    record OptionNotOffered(ActionId actionId, @Nullable String optionId) implements DeciderError {}

    /**
     * The option means the opposite of the command, or nothing known.
     *
     * @param actionId the action
     * @param optionId the option
     */
    record OptionKindMismatch(ActionId actionId, String optionId) implements DeciderError {}

    /**
     * The checkpoint's id is or was in use.
     *
     * @param checkpointId the id
     */
    record CheckpointAlreadyExists(CheckpointId checkpointId) implements DeciderError {}

    /**
     * There is no such checkpoint.
     *
     * @param checkpointId the id
     */
    record CheckpointNotFound(CheckpointId checkpointId) implements DeciderError {}

    /**
     * The checkpoint is still pending, or has failed.
     *
     * @param checkpointId the checkpoint
     */
    record CheckpointNotReady(CheckpointId checkpointId) implements DeciderError {}

    /**
     * The checkpoint was thinned out.
     *
     * @param checkpointId the checkpoint
     * @param policy by which it went
     * @param at when
     */
    record CheckpointThinned(CheckpointId checkpointId, ThinningPolicy policy, Instant at)
            implements DeciderError {}

    /**
     * Git does not allow this name for a branch.
     *
     * @param name the name
     * @param why the rule that it breaks
     */
    record InvalidBranchName(String name, String why) implements DeciderError {}

    /**
     * The operation's id is or was in use.
     *
     * @param operationId the id
     */
    record OperationAlreadyExists(OperationId operationId) implements DeciderError {}

    /**
     * There is no such operation; for a checkpoint's report, no such checkpoint.
     *
     * @param operationId the id
     */
    record OperationNotFound(OperationId operationId) implements DeciderError {}

    /**
     * The operation has its result already.
     *
     * @param operationId the id
     */
    record OperationAlreadySettled(OperationId operationId) implements DeciderError {}

    /**
     * Facts of the log cannot be read, and nobody has accepted their loss: it takes nothing in.
     *
     * @param first the place of the first of them
     * @param facts how many they are
     */
    record LogUnreadable(long first, int facts) implements DeciderError {}

    /**
     * There is no loss to accept at this place of the log.
     *
     * @param sequence the place
     */
    record NothingLost(long sequence) implements DeciderError {}

    /**
     * The project's directory is on a node that does not write to the log now.
     *
     * @param projectId the project
     * @param node the node that has the directory
     */
    record ProjectElsewhere(ProjectId projectId, String node) implements DeciderError {}

    /**
     * No such prompt waits in the thread's queue: it is unknown, or was removed.
     *
     * @param threadId the thread
     * @param turnId the prompt
     */
    record PromptNotQueued(ThreadId threadId, TurnId turnId) implements DeciderError {}

    /**
     * The prompt waits no more: its turn has started.
     *
     * @param turnId the turn
     */
    record PromptAlreadyStarted(TurnId turnId) implements DeciderError {}

    /**
     * The thread's queue takes no more.
     *
     * @param threadId the thread
     * @param prompts how many prompts wait in it
     * @param characters how many characters they have together
     */
    record QueueFull(ThreadId threadId, int prompts, long characters) implements DeciderError {}

    /**
     * The thread's queue does not go on by itself.
     *
     * @param threadId the thread
     * @param cause why
     */
    record QueueOnHold(ThreadId threadId, HoldCause cause) implements DeciderError {}

    /** {@return a sentence for people: what is wrong and what to do} */
    default String message() {
        return switch (this) {
            case InvalidInput(var field, var why) -> "The field " + field + " is not valid: " + why;
            case ProjectAlreadyExists(var id) ->
                    "The project id " + id + " is taken; ids are never reused, choose another.";
            case DuplicateProjectPath(var path, var id) ->
                    "The directory " + path + " belongs to the project " + id + " already; use it.";
            case ProjectNotFound(var id) -> "There is no project " + id + ".";
            case ThreadAlreadyExists(var id) ->
                    "The thread id " + id + " is taken; ids are never reused, choose another.";
            case ThreadNotFound(var id) -> "There is no thread " + id + ".";
            case ThreadBusy(var id, var turn) ->
                    "The thread "
                            + id
                            + " is busy with the turn "
                            + turn
                            + "; wait for its end or interrupt it.";
            case TurnAlreadyExists(var id) ->
                    "The turn id " + id + " is taken; ids are never reused, choose another.";
            case TurnNotFound(var thread, var id) ->
                    "There is no turn " + id + " in the thread " + thread + ".";
            case TurnNotOpen(var id) -> "The turn " + id + " has ended.";
            case NoRunningTurn(var id) -> "The thread " + id + " has no running turn.";
            case RestoreInProgress(var id) ->
                    "The restore " + id + " is under way; wait for its end or abandon it.";
            case ActionNotPending(var thread, var id) ->
                    "The action " + id + " of the thread " + thread + " is not pending.";
            case OptionNotOffered(var id, var option) ->
                    option == null
                            ? "The agent offers no fit option for the action "
                                    + id
                                    + "; name one of its options."
                            : "The agent did not offer the option "
                                    + Characters.quoted(option)
                                    + " for the action "
                                    + id
                                    + ".";
            case OptionKindMismatch(var id, var option) ->
                    "The option "
                            + Characters.quoted(option)
                            + " of the action "
                            + id
                            + " does not mean that; choose one that does.";
            case CheckpointAlreadyExists(var id) ->
                    "The checkpoint id " + id + " is taken; ids are never reused, choose another.";
            case CheckpointNotFound(var id) -> "There is no checkpoint " + id + ".";
            case CheckpointNotReady(var id) ->
                    "The checkpoint " + id + " cannot be used: it is pending or has failed.";
            case CheckpointThinned(var id, var policy, var at) ->
                    "The checkpoint "
                            + id
                            + " was thinned out on "
                            + at.atOffset(ZoneOffset.UTC).toLocalDate()
                            + " by the policy that "
                            + policy.sentence()
                            + "; choose another one.";
            case InvalidBranchName(var name, var why) ->
                    "Git does not allow the branch name " + Characters.quoted(name) + ": " + why;
            case OperationAlreadyExists(var id) ->
                    "The operation id " + id + " is taken; ids are never reused, choose another.";
            case OperationNotFound(var id) -> "There is no operation " + id + ".";
            case OperationAlreadySettled(var id) -> "The operation " + id + " is settled already.";
            case LogUnreadable(var first, var facts) ->
                    "The log takes nothing in: "
                            + facts
                            + (facts == 1 ? " fact" : " facts")
                            + " of it cannot be read, the first at sequence "
                            + first
                            + "; bring it back from a backup, or accept the loss.";
            case ProjectElsewhere(var project, var node) ->
                    "The directory of the project "
                            + project
                            + " is on the node "
                            + Characters.quoted(node)
                            + ", which does not write to the log now; send it when that node does.";
            case PromptNotQueued(var thread, var id) ->
                    "No prompt " + id + " waits in the queue of the thread " + thread + ".";
            case PromptAlreadyStarted(var id) ->
                    "The prompt "
                            + id
                            + " waits no more: its turn has started; interrupt that, or queue"
                            + " another prompt.";
            case QueueFull(var thread, var prompts, var characters) ->
                    "The queue of the thread "
                            + thread
                            + " does not take the prompt: "
                            + prompts
                            + " of "
                            + characters
                            + " characters wait in it already, and it holds "
                            + PromptQueue.MOST_PROMPTS
                            + " of "
                            + PromptQueue.MOST_CHARACTERS
                            + " characters at most; remove some, or wait until some have"
                            + " started.";
            case QueueOnHold(var thread, var cause) ->
                    "The queue of the thread "
                            + thread
                            + " is held, since "
                            + cause
                            + "; send a prompt of it now to go on.";
            case NothingLost(var sequence) ->
                    "Nothing is lost at sequence " + sequence + " of the log; leave it out.";
        };
    }
}
