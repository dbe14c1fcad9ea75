package dev.stele.domain.event;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.Characters;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.ThreadStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact. The list is closed, in families; names and fields are a file format: once released they
 * change by a new version and an upcaster, never in place.
 *
 * <p>A fact about a turn names the turn alone; its thread stands in {@link TurnEvent.TurnStarted}.
 */
public sealed interface OrchestrationEvent {

    /** Facts about projects. */
    sealed interface ProjectEvent extends OrchestrationEvent {

        /**
         * A working directory became a project.
         *
         * @param projectId its id
         * @param name its name
         * @param path its directory, absolute and canonical
         * @param node the node that has the directory; null when the log is not shared by nodes
         * @param at when
         */
        record ProjectCreated(
                ProjectId projectId, String name, String path, @Nullable String node, Instant at)
                implements ProjectEvent {

            /**
             * A working directory of a log that is not shared became a project.
             *
             * @param projectId its id
             * @param name its name
             * @param path its directory, absolute and canonical
             * @param at when
             */
            public ProjectCreated(ProjectId projectId, String name, String path, Instant at) {
                this(projectId, name, path, null, at);
            }
        }

        /**
         * A project and all its threads are gone. What they left outside becomes clean-ups.
         *
         * @param projectId the project
         * @param at when
         */
        record ProjectDeleted(ProjectId projectId, Instant at) implements ProjectEvent {}

        /**
         * A project has another name.
         *
         * @param projectId the project
         * @param name the new name
         */
        record ProjectRenamed(ProjectId projectId, String name) implements ProjectEvent {}

        /**
         * Agents may do something else in a project without asking.
         *
         * @param projectId the project
         * @param policy what they may do, whole
         * @param by who set it
         * @param at when
         */
        record ProjectPolicySet(ProjectId projectId, ActionPolicy policy, Actor by, Instant at)
                implements ProjectEvent {}
    }

    /** Facts about threads. */
    sealed interface ThreadEvent extends OrchestrationEvent {

        /**
         * A conversation was opened.
         *
         * @param threadId its id
         * @param projectId its project
         * @param title its title
         * @param agent its agent: a name in the catalogue, or a command line
         * @param at when
         */
        record ThreadCreated(
                ThreadId threadId, ProjectId projectId, String title, String agent, Instant at)
                implements ThreadEvent {}

        /**
         * A thread is gone. What it left outside becomes clean-ups.
         *
         * @param threadId the thread
         * @param at when
         */
        record ThreadDeleted(ThreadId threadId, Instant at) implements ThreadEvent {}

        /**
         * People look at this thread now.
         *
         * @param threadId the thread
         */
        record ThreadSelected(ThreadId threadId) implements ThreadEvent {}

        /**
         * A thread does something else now.
         *
         * @param threadId the thread
         * @param status what it does
         */
        record ThreadStatusChanged(ThreadId threadId, ThreadStatus status) implements ThreadEvent {}

        /**
         * News of the agent's session; null fields are unchanged.
         *
         * @param threadId the thread
         * @param sessionId the agent's id of the session
         * @param title the agent's title
         * @param modeId the agent's mode
         * @param kind the protocol's name of an update that is kept raw
         * @param raw that update as raw JSON
         */
        record SessionUpdated(
                ThreadId threadId,
                @Nullable String sessionId,
                @Nullable String title,
                @Nullable String modeId,
                @Nullable String kind,
                @Nullable String raw)
                implements ThreadEvent {}

        /**
         * What the agent used so far.
         *
         * @param threadId the thread
         * @param turnId the turn, if told
         * @param usage what it tells; null fields are unchanged
         */
        record UsageUpdated(ThreadId threadId, @Nullable TurnId turnId, TokenUsage usage)
                implements ThreadEvent {}

        /**
         * Something that the agent said and nobody knows.
         *
         * @param threadId the thread
         * @param turnId the turn, if told
         * @param kind the protocol's name of it
         * @param raw the whole as raw JSON
         */
        record NoticeRecorded(ThreadId threadId, @Nullable TurnId turnId, String kind, String raw)
                implements ThreadEvent {}

        /**
         * The agent of a thread may do something else without asking.
         *
         * @param threadId the thread
         * @param policy what it may do, whole; its rules come before the project's
         * @param by who set it
         * @param at when
         */
        record ThreadPolicySet(ThreadId threadId, ActionPolicy policy, Actor by, Instant at)
                implements ThreadEvent {}
    }

    /**
     * Facts about prompts that wait until their thread has time for them. One that is started waits
     * no more: {@link TurnEvent.TurnStarted} says so, and with it the queue is held no more.
     */
    sealed interface QueueEvent extends OrchestrationEvent {

        /**
         * A prompt waits at the end of a thread's queue.
         *
         * @param turnId the id that its turn will have
         * @param threadId the thread
         * @param prompt what will be said
         * @param at when
         */
        record PromptQueued(
                TurnId turnId, ThreadId threadId, List<MessageContent> prompt, Instant at)
                implements QueueEvent {
            /** Makes the list immutable. */
            public PromptQueued {
                prompt = List.copyOf(prompt);
            }
        }

        /**
         * A prompt that waits says something else.
         *
         * @param turnId the prompt
         * @param prompt what will be said
         * @param at when
         */
        record QueuedPromptEdited(TurnId turnId, List<MessageContent> prompt, Instant at)
                implements QueueEvent {
            /** Makes the list immutable. */
            public QueuedPromptEdited {
                prompt = List.copyOf(prompt);
            }
        }

        /**
         * A prompt waits at another place of its queue.
         *
         * @param turnId the prompt
         * @param position its new place, from 1
         */
        record QueuedPromptMoved(TurnId turnId, int position) implements QueueEvent {}

        /**
         * A prompt waits no more, and is never said.
         *
         * @param turnId the prompt
         * @param at when
         */
        record QueuedPromptRemoved(TurnId turnId, Instant at) implements QueueEvent {}

        /**
         * What waits does not start by itself until a person starts a turn in the thread.
         *
         * @param threadId the thread
         * @param cause why
         * @param at when
         */
        record QueueHeld(ThreadId threadId, HoldCause cause, Instant at) implements QueueEvent {}
    }

    /** Facts about turns and what is said in them. */
    sealed interface TurnEvent extends OrchestrationEvent {

        /** {@return the turn that it is about} */
        TurnId turnId();

        /**
         * The agent is prompted; the prompt is the turn's message 0.
         *
         * @param turnId the turn's id
         * @param threadId its thread
         * @param prompt what was said
         * @param at when
         */
        record TurnStarted(
                TurnId turnId, ThreadId threadId, List<MessageContent> prompt, Instant at)
                implements TurnEvent {
            /** Makes the list immutable. */
            public TurnStarted {
                prompt = List.copyOf(prompt);
            }
        }

        /**
         * A message begins, or is there whole.
         *
         * @param turnId the turn
         * @param ordinal its place in the turn, from 1
         * @param role who speaks
         * @param content what it holds so far
         * @param messageId the agent's own id of it, if told
         * @param at when
         */
        record MessageAppended(
                TurnId turnId,
                int ordinal,
                Role role,
                MessageContent content,
                @Nullable String messageId,
                Instant at)
                implements TurnEvent {}

        /**
         * A message goes on.
         *
         * @param turnId the turn
         * @param ordinal its place in the turn
         * @param text what is added at its end
         */
        record MessageChunkReceived(TurnId turnId, int ordinal, String text) implements TurnEvent {}

        /**
         * More is known of a tool call.
         *
         * @param turnId the turn
         * @param ordinal the place of the call's message in the turn
         * @param change the changed fields; null fields are unchanged
         */
        record ToolCallUpdated(TurnId turnId, int ordinal, MessageContent.ToolCall change)
                implements TurnEvent {}

        /**
         * The agent's plan, whole.
         *
         * @param turnId the turn
         * @param entries its steps
         */
        record PlanUpdated(TurnId turnId, List<PlanEntry> entries) implements TurnEvent {
            /** Makes the list immutable. */
            public PlanUpdated {
                entries = List.copyOf(entries);
            }
        }

        /**
         * The agent tries something again by itself.
         *
         * @param turnId the turn
         * @param message what it says about it
         */
        record RetryReported(TurnId turnId, String message) implements TurnEvent {}

        /**
         * The turn ended in order.
         *
         * @param turnId the turn
         * @param stopReason why
         * @param rawStopReason the agent's own word, where it differs
         * @param cause what led to it where the reason alone misleads
         * @param usage what the turn used, if told
         * @param at when
         */
        record TurnCompleted(
                TurnId turnId,
                StopReason stopReason,
                @Nullable String rawStopReason,
                @Nullable String cause,
                @Nullable TokenUsage usage,
                Instant at)
                implements TurnEvent {}

        /**
         * The turn ended in failure.
         *
         * @param turnId the turn
         * @param error what went wrong
         * @param at when
         */
        record TurnFailed(TurnId turnId, ProviderError error, Instant at) implements TurnEvent {}

        /**
         * The turn was stopped. Unless its thread is being deleted it drains from here: its agent
         * may still speak until {@link TurnDrained}.
         *
         * @param turnId the turn
         * @param cause why
         * @param at when
         */
        record TurnInterrupted(TurnId turnId, InterruptCause cause, Instant at)
                implements TurnEvent {}

        /**
         * The agent of an interrupted turn has fallen silent for good.
         *
         * @param turnId the turn
         * @param end how the agent ended it, for the record; it changes no status
         * @param at when
         */
        record TurnDrained(TurnId turnId, String end, Instant at) implements TurnEvent {}
    }

    /** Facts about pending actions. */
    sealed interface ApprovalEvent extends OrchestrationEvent {

        /** {@return the turn that it is about} */
        TurnId turnId();

        /** {@return the action that it is about} */
        ActionId actionId();

        /**
         * The agent asks whether it may do something.
         *
         * @param turnId the turn
         * @param actionId the action's id
         * @param toolCallId the tool call that it is about, if told
         * @param title a line for people
         * @param options the answers that the agent offers
         * @param at when
         */
        record ApprovalRequested(
                TurnId turnId,
                ActionId actionId,
                @Nullable String toolCallId,
                String title,
                List<PermissionOption> options,
                Instant at)
                implements ApprovalEvent {
            /** Makes the list immutable. */
            public ApprovalRequested {
                options = List.copyOf(options);
            }
        }

        /**
         * It may.
         *
         * @param turnId the turn
         * @param actionId the action
         * @param optionId the agent's option to answer with
         * @param by who or what decided
         * @param at when
         */
        record ActionApproved(
                TurnId turnId, ActionId actionId, String optionId, Actor by, Instant at)
                implements ApprovalEvent {}

        /**
         * It may not.
         *
         * @param turnId the turn
         * @param actionId the action
         * @param optionId the agent's option to answer with; null when it offered none that
         *     rejects, then the question is answered as cancelled
         * @param reason why, if told
         * @param by who or what decided
         * @param at when
         */
        record ActionRejected(
                TurnId turnId,
                ActionId actionId,
                @Nullable String optionId,
                @Nullable String reason,
                Actor by,
                Instant at)
                implements ApprovalEvent {}

        /**
         * The question is off without an answer.
         *
         * @param turnId the turn
         * @param actionId the action
         * @param cause why
         * @param at when
         */
        record ApprovalExpired(TurnId turnId, ActionId actionId, ExpiryCause cause, Instant at)
                implements ApprovalEvent {}
    }

    /** Facts about checkpoints and restores. */
    sealed interface CheckpointEvent extends OrchestrationEvent {

        /**
         * A checkpoint is asked for. Its ref comes in an event of its own.
         *
         * @param checkpointId its id
         * @param threadId its thread
         * @param turnId its turn, if any
         * @param description a line for people
         * @param at when
         */
        record CheckpointCreated(
                CheckpointId checkpointId,
                ThreadId threadId,
                @Nullable TurnId turnId,
                String description,
                Instant at)
                implements CheckpointEvent {}

        /**
         * A checkpoint is in the repository.
         *
         * @param checkpointId the checkpoint
         * @param gitRef the ref that holds it, never empty
         * @param stats what it holds
         * @param at when
         */
        record CheckpointGitRefAssigned(
                CheckpointId checkpointId, String gitRef, CheckpointStats stats, Instant at)
                implements CheckpointEvent {}

        /**
         * A checkpoint could not be taken.
         *
         * @param checkpointId the checkpoint
         * @param why a sentence for people
         * @param at when
         */
        record CheckpointFailed(CheckpointId checkpointId, String why, Instant at)
                implements CheckpointEvent {}

        /**
         * Old checkpoints are given up. That their refs are gone comes in an event of its own,
         * {@link OperationEvent.CleanupCompleted}.
         *
         * @param operationId the removal of their refs
         * @param projectId their project
         * @param checkpoints which
         * @param policy by which
         * @param at when
         */
        record CheckpointsThinned(
                OperationId operationId,
                ProjectId projectId,
                List<CheckpointId> checkpoints,
                ThinningPolicy policy,
                Instant at)
                implements CheckpointEvent {
            /** Makes the list immutable. */
            public CheckpointsThinned {
                checkpoints = List.copyOf(checkpoints);
            }
        }

        /**
         * A restore is asked for.
         *
         * @param restoreId its id
         * @param checkpointId the checkpoint to bring back
         * @param safetyCheckpointId the checkpoint that is taken first
         * @param scope files, conversation or both
         * @param selection which changes of files are taken back; null is {@link
         *     ChangeSelection.All}
         * @param at when
         */
        record CheckpointRestoreRequested(
                OperationId restoreId,
                CheckpointId checkpointId,
                CheckpointId safetyCheckpointId,
                RestoreScope scope,
                @Nullable ChangeSelection selection,
                Instant at)
                implements CheckpointEvent {

            /**
             * A restore of all that a checkpoint holds is asked for.
             *
             * @param restoreId its id
             * @param checkpointId the checkpoint to bring back
             * @param safetyCheckpointId the checkpoint that is taken first
             * @param scope files, conversation or both
             * @param at when
             */
            public CheckpointRestoreRequested(
                    OperationId restoreId,
                    CheckpointId checkpointId,
                    CheckpointId safetyCheckpointId,
                    RestoreScope scope,
                    Instant at) {
                this(restoreId, checkpointId, safetyCheckpointId, scope, null, at);
            }
        }

        /**
         * A restore is done. With the conversation in its scope, later turns of the thread are
         * rolled back by this fact.
         *
         * @param restoreId the restore
         * @param summary what it did
         * @param at when
         */
        record CheckpointRestored(OperationId restoreId, RestoreSummary summary, Instant at)
                implements CheckpointEvent {}

        /**
         * A restore failed.
         *
         * @param restoreId the restore
         * @param why a sentence for people
         * @param at when
         */
        record CheckpointRestoreFailed(OperationId restoreId, String why, Instant at)
                implements CheckpointEvent {}
    }

    /** Facts about commits, branches, pushes and clean-ups. */
    sealed interface OperationEvent extends OrchestrationEvent {

        /**
         * A commit is asked for. Its hash comes in an event of its own.
         *
         * @param commitId its id
         * @param threadId its thread
         * @param message the commit message
         * @param selection which changes; null is {@link ChangeSelection.Own}
         * @param at when
         */
        record CommitRequested(
                OperationId commitId,
                ThreadId threadId,
                String message,
                @Nullable ChangeSelection selection,
                Instant at)
                implements OperationEvent {

            /**
             * A commit of the thread's own changes is asked for.
             *
             * @param commitId its id
             * @param threadId its thread
             * @param message the commit message
             * @param at when
             */
            public CommitRequested(
                    OperationId commitId, ThreadId threadId, String message, Instant at) {
                this(commitId, threadId, message, null, at);
            }
        }

        /**
         * A commit is made.
         *
         * @param commitId the operation
         * @param gitRef the commit's hash, never empty
         * @param left changes of the selection that are not in it, with the reason; null for none
         * @param at when
         */
        record ChangesCommitted(
                OperationId commitId, String gitRef, @Nullable List<LeftPath> left, Instant at)
                implements OperationEvent {
            /** Makes the list immutable. */
            public ChangesCommitted {
                left = left == null || left.isEmpty() ? null : List.copyOf(left);
            }

            /**
             * A commit of the whole selection is made.
             *
             * @param commitId the operation
             * @param gitRef the commit's hash, never empty
             * @param at when
             */
            public ChangesCommitted(OperationId commitId, String gitRef, Instant at) {
                this(commitId, gitRef, null, at);
            }
        }

        /**
         * A commit failed.
         *
         * @param commitId the operation
         * @param why a sentence for people
         * @param at when
         */
        record CommitFailed(OperationId commitId, String why, Instant at)
                implements OperationEvent {}

        /**
         * A branch is asked for.
         *
         * @param operationId its id
         * @param projectId its project
         * @param name the branch
         * @param from where it starts; null is HEAD
         * @param at when
         */
        record BranchRequested(
                OperationId operationId,
                ProjectId projectId,
                String name,
                @Nullable String from,
                Instant at)
                implements OperationEvent {}

        /**
         * A branch is made.
         *
         * @param operationId the operation
         * @param gitRef the commit's hash that it points to, never empty
         * @param at when
         */
        record BranchCreated(OperationId operationId, String gitRef, Instant at)
                implements OperationEvent {}

        /**
         * A branch could not be made.
         *
         * @param operationId the operation
         * @param why a sentence for people
         * @param at when
         */
        record BranchCreationFailed(OperationId operationId, String why, Instant at)
                implements OperationEvent {}

        /**
         * A push is asked for.
         *
         * @param operationId its id
         * @param projectId its project
         * @param branch the branch
         * @param remote the remote's name
         * @param lease the remote's commit id that a forced push may replace, or null
         * @param at when
         */
        record PushRequested(
                OperationId operationId,
                ProjectId projectId,
                String branch,
                String remote,
                @Nullable String lease,
                Instant at)
                implements OperationEvent {}

        /**
         * A branch is pushed.
         *
         * @param operationId the operation
         * @param gitRef the commit's hash that the remote holds now, never empty
         * @param at when
         */
        record BranchPushed(OperationId operationId, String gitRef, Instant at)
                implements OperationEvent {}

        /**
         * A push failed.
         *
         * @param operationId the operation
         * @param why a sentence for people
         * @param at when
         */
        record PushFailed(OperationId operationId, String why, Instant at)
                implements OperationEvent {}

        /**
         * A clean-up is done.
         *
         * @param operationId the operation
         * @param at when
         */
        record CleanupCompleted(OperationId operationId, Instant at) implements OperationEvent {}

        /**
         * A clean-up was given up.
         *
         * @param operationId the operation
         * @param why a sentence for people
         * @param at when
         */
        record CleanupFailed(OperationId operationId, String why, Instant at)
                implements OperationEvent {}
    }

    /** Facts about the log itself. */
    sealed interface LogEvent extends OrchestrationEvent {

        /**
         * A fact that this program does not know, since a newer one wrote it. It is kept as it is,
         * and means nothing to the model.
         *
         * @param name the name of its type
         * @param version the version of its type, from 1
         * @param fields its fields as JSON
         */
        record UnknownEvent(String name, int version, String fields) implements LogEvent {
            /** Checks the version: {@link IllegalArgumentException} for one below 1. */
            public UnknownEvent {
                if (version < 1) {
                    throw new IllegalArgumentException(
                            "versions count from 1, and not from " + version);
                }
                name = Characters.wellFormed(name);
                fields = Characters.wellFormed(fields);
            }
        }

        /**
         * The loss of facts that cannot be read is accepted: the log goes on without them.
         *
         * @param sequences their places, in order
         * @param by who accepted it
         * @param at when
         */
        record LogLossAccepted(List<Long> sequences, String by, Instant at) implements LogEvent {
            /** Makes the list immutable and the text well-formed. */
            public LogLossAccepted {
                sequences = List.copyOf(sequences);
                by = Characters.wellFormed(by);
            }
        }

        /**
         * Another node writes to the log from here on.
         *
         * @param node its name
         * @param token names its time; larger than those of all writers before it
         * @param at when
         */
        record WriterChanged(String node, long token, Instant at) implements LogEvent {
            /** Makes the text well-formed. */
            public WriterChanged {
                node = Characters.wellFormed(node);
            }
        }

        /**
         * A stretch of the log was replaced by what amounts to the same with fewer facts.
         *
         * @param first the place of its first fact
         * @param last the place of its last fact
         * @param digest the SHA-256 of what took its place, in hexadecimal
         * @param at when
         */
        record LogCompacted(long first, long last, String digest, Instant at) implements LogEvent {
            /** Makes the text well-formed. */
            public LogCompacted {
                digest = Characters.wellFormed(digest);
            }
        }

        /**
         * A text was erased from a stretch of the log, which was replaced by one with a mask in its
         * place. What the text was is told nowhere.
         *
         * @param first the place of the stretch's first fact
         * @param last the place of the stretch's last fact
         * @param digest the SHA-256 of what took its place, in hexadecimal
         * @param facts how many facts of the stretch held it
         * @param by who wanted it
         * @param at when
         */
        record TextErased(long first, long last, String digest, int facts, String by, Instant at)
                implements LogEvent {
            /** Makes the texts well-formed. */
            public TextErased {
                digest = Characters.wellFormed(digest);
                by = Characters.wellFormed(by);
            }
        }

        /**
         * What a reader gets at a place in the log that holds no fact of its own for it. It keeps
         * reading free of gaps, and is never stored.
         */
        sealed interface StandIn extends LogEvent {

            /**
             * Stands in for a fact that cannot be read.
             *
             * @param why a sentence for people
             */
            record UnreadableEvent(String why) implements StandIn {
                /** Makes the text well-formed. */
                public UnreadableEvent {
                    why = Characters.wellFormed(why);
                }
            }

            /**
             * Stands in for a fact that is not kept by itself any more.
             *
             * @param into the place of the fact that says what it said, together with others; 0
             *     when what it said was removed
             */
            record AbsorbedEvent(long into) implements StandIn {}
        }
    }
}
