package dev.stele.domain.command;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.Characters;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.TouchedPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish. The decider turns it into facts or refuses it; which, and when, stands in section 3 of
 * the specification. The list is closed; names and fields are a file format.
 *
 * <p>Fields may hold what a door was given, blank or malformed: the decider refuses that. Times are
 * cut to milliseconds, texts made well-formed.
 */
public sealed interface OrchestrationCommand {

    /**
     * Makes a project of a working directory.
     *
     * @param projectId the new id
     * @param name a name for people
     * @param path the directory, absolute and canonical (the door resolves it)
     * @param node the node that has the directory, and alone runs agents and git there; null when
     *     the log is not shared by nodes
     * @param at when
     */
    record CreateProject(
            ProjectId projectId, String name, String path, @Nullable String node, Instant at)
            implements OrchestrationCommand {
        /** Makes texts well-formed and cuts the time. */
        public CreateProject {
            name = Characters.wellFormed(name);
            path = Characters.wellFormed(path);
            node = node == null ? null : Characters.wellFormed(node);
            at = millis(at);
        }

        /**
         * Makes a project of a directory of a log that is not shared.
         *
         * @param projectId the new id
         * @param name a name for people
         * @param path the directory, absolute and canonical (the door resolves it)
         * @param at when
         */
        public CreateProject(ProjectId projectId, String name, String path, Instant at) {
            this(projectId, name, path, null, at);
        }
    }

    /**
     * Deletes a project with all its threads.
     *
     * @param projectId the project
     * @param at when
     */
    record DeleteProject(ProjectId projectId, Instant at) implements OrchestrationCommand {
        /** Cuts the time. */
        public DeleteProject {
            at = millis(at);
        }
    }

    /**
     * Gives a project another name.
     *
     * @param projectId the project
     * @param name the new name
     */
    record RenameProject(ProjectId projectId, String name) implements OrchestrationCommand {
        /** Makes the text well-formed. */
        public RenameProject {
            name = Characters.wellFormed(name);
        }
    }

    /**
     * Opens a conversation with one agent in a project.
     *
     * @param threadId the new id
     * @param projectId the project
     * @param title a title for people
     * @param agent the agent's name in the catalogue, or its command line
     * @param at when
     */
    record CreateThread(
            ThreadId threadId, ProjectId projectId, String title, String agent, Instant at)
            implements OrchestrationCommand {
        /** Makes texts well-formed and cuts the time. */
        public CreateThread {
            title = Characters.wellFormed(title);
            agent = Characters.wellFormed(agent);
            at = millis(at);
        }
    }

    /**
     * Deletes a thread with its turns, messages and checkpoints.
     *
     * @param threadId the thread
     * @param at when
     */
    record DeleteThread(ThreadId threadId, Instant at) implements OrchestrationCommand {
        /** Cuts the time. */
        public DeleteThread {
            at = millis(at);
        }
    }

    /**
     * Makes a thread the one that people look at.
     *
     * @param threadId the thread
     */
    record SelectThread(ThreadId threadId) implements OrchestrationCommand {}

    /**
     * Prompts the agent.
     *
     * @param turnId the new id
     * @param threadId the thread
     * @param prompt what is said: texts, images, resources
     * @param at when
     */
    record StartTurn(TurnId turnId, ThreadId threadId, List<MessageContent> prompt, Instant at)
            implements OrchestrationCommand {
        /** Makes the list immutable and cuts the time. */
        public StartTurn {
            prompt = List.copyOf(prompt);
            at = millis(at);
        }
    }

    /**
     * Stops the open turn of a thread.
     *
     * @param threadId the thread
     * @param at when
     */
    record InterruptTurn(ThreadId threadId, Instant at) implements OrchestrationCommand {
        /** Cuts the time. */
        public InterruptTurn {
            at = millis(at);
        }
    }

    /**
     * Lets a pending action happen.
     *
     * @param threadId the thread
     * @param actionId the action
     * @param optionId the agent's option to answer with; null takes the allow-once option
     * @param by who or what decided
     * @param at when
     */
    record ApprovePendingAction(
            ThreadId threadId, ActionId actionId, @Nullable String optionId, Actor by, Instant at)
            implements OrchestrationCommand {
        /** Makes the text well-formed and cuts the time. */
        public ApprovePendingAction {
            optionId = Characters.wellFormedOrNull(optionId);
            at = millis(at);
        }
    }

    /**
     * Forbids a pending action.
     *
     * @param threadId the thread
     * @param actionId the action
     * @param optionId the agent's option to answer with; null takes the reject-once option
     * @param reason why, for the log
     * @param by who or what decided
     * @param at when
     */
    record RejectPendingAction(
            ThreadId threadId,
            ActionId actionId,
            @Nullable String optionId,
            @Nullable String reason,
            Actor by,
            Instant at)
            implements OrchestrationCommand {
        /** Makes texts well-formed and cuts the time. */
        public RejectPendingAction {
            optionId = Characters.wellFormedOrNull(optionId);
            reason = Characters.wellFormedOrNull(reason);
            at = millis(at);
        }
    }

    /**
     * Takes in what an agent reports. Session, usage and notice updates may come without a turn.
     *
     * @param threadId the thread
     * @param turnId the turn that it belongs to, or null for news of the session alone
     * @param providerSequence its place among all events of that turn, from 1; the store's
     *     high-water mark makes a repeat harmless. 0 when there is no turn
     * @param event what the agent reports
     * @param at when it was received
     */
    record IngestProviderEvent(
            ThreadId threadId,
            @Nullable TurnId turnId,
            long providerSequence,
            ProviderEvent event,
            Instant at)
            implements OrchestrationCommand {
        /** Cuts the time. */
        public IngestProviderEvent {
            at = millis(at);
        }
    }

    /**
     * Takes a snapshot of the project's working tree.
     *
     * @param checkpointId the new id
     * @param threadId the thread that it belongs to
     * @param turnId the turn that it belongs to, if any
     * @param description a line for people
     * @param at when
     */
    record CreateCheckpoint(
            CheckpointId checkpointId,
            ThreadId threadId,
            @Nullable TurnId turnId,
            String description,
            Instant at)
            implements OrchestrationCommand {
        /** Makes the text well-formed and cuts the time. */
        public CreateCheckpoint {
            description = Characters.wellFormed(description);
            at = millis(at);
        }
    }

    /**
     * Brings back what a checkpoint holds.
     *
     * @param restoreId the new id
     * @param checkpointId the checkpoint
     * @param scope files, conversation or both
     * @param selection which changes of files are taken back; null is {@link ChangeSelection.All}
     * @param at when
     */
    record RestoreCheckpoint(
            OperationId restoreId,
            CheckpointId checkpointId,
            RestoreScope scope,
            @Nullable ChangeSelection selection,
            Instant at)
            implements OrchestrationCommand {
        /** Cuts the time. */
        public RestoreCheckpoint {
            at = millis(at);
        }

        /**
         * Brings back all that a checkpoint holds.
         *
         * @param restoreId the new id
         * @param checkpointId the checkpoint
         * @param scope files, conversation or both
         * @param at when
         */
        public RestoreCheckpoint(
                OperationId restoreId, CheckpointId checkpointId, RestoreScope scope, Instant at) {
            this(restoreId, checkpointId, scope, null, at);
        }
    }

    /**
     * Commits the changes of a thread's project.
     *
     * @param commitId the new id, also the commit's trailer
     * @param threadId the thread
     * @param message the commit message
     * @param selection which changes; null is {@link ChangeSelection.Own}
     * @param at when
     */
    record CommitChanges(
            OperationId commitId,
            ThreadId threadId,
            String message,
            @Nullable ChangeSelection selection,
            Instant at)
            implements OrchestrationCommand {
        /** Makes the text well-formed and cuts the time. */
        public CommitChanges {
            message = Characters.wellFormed(message);
            at = millis(at);
        }

        /**
         * Commits the thread's own changes.
         *
         * @param commitId the new id, also the commit's trailer
         * @param threadId the thread
         * @param message the commit message
         * @param at when
         */
        public CommitChanges(OperationId commitId, ThreadId threadId, String message, Instant at) {
            this(commitId, threadId, message, null, at);
        }
    }

    /**
     * Makes a branch.
     *
     * @param operationId the new id
     * @param projectId the project
     * @param name the branch, by git's rules
     * @param from the revision that it starts from; null is HEAD
     * @param at when
     */
    record CreateBranch(
            OperationId operationId,
            ProjectId projectId,
            String name,
            @Nullable String from,
            Instant at)
            implements OrchestrationCommand {
        /** Makes texts well-formed and cuts the time. */
        public CreateBranch {
            name = Characters.wellFormed(name);
            from = Characters.wellFormedOrNull(from);
            at = millis(at);
        }
    }

    /**
     * Pushes a branch.
     *
     * @param operationId the new id
     * @param projectId the project
     * @param branch the branch
     * @param remote the remote's name
     * @param lease the remote's commit id that a forced push may replace; null never forces
     * @param at when
     */
    record PushBranch(
            OperationId operationId,
            ProjectId projectId,
            String branch,
            String remote,
            @Nullable String lease,
            Instant at)
            implements OrchestrationCommand {
        /** Makes texts well-formed and cuts the time. */
        public PushBranch {
            branch = Characters.wellFormed(branch);
            remote = Characters.wellFormed(remote);
            lease = Characters.wellFormedOrNull(lease);
            at = millis(at);
        }
    }

    /**
     * Gives up old checkpoints of a project, by a policy: those that it still needs, for an undo or
     * for work under way, stay. It is accepted also when there is nothing to give up, and gives up
     * a thousand at most; sent again, under another id, it gives up more.
     *
     * @param operationId the new id
     * @param projectId the project
     * @param policy which are kept
     * @param at when; ages count to then
     */
    record ThinCheckpoints(
            OperationId operationId, ProjectId projectId, ThinningPolicy policy, Instant at)
            implements OrchestrationCommand {
        /** Cuts the time. */
        public ThinCheckpoints {
            at = millis(at);
        }
    }

    /**
     * Gives up outside work that hangs: an operation, or a pending checkpoint by its id. It is
     * recorded as failed; a late report of it does no harm.
     *
     * @param operationId the work
     * @param at when
     */
    record AbandonOperation(OperationId operationId, Instant at) implements OrchestrationCommand {
        /** Cuts the time. */
        public AbandonOperation {
            at = millis(at);
        }
    }

    /** What reactors report: the result of outside work that an event asked for. */
    sealed interface Report extends OrchestrationCommand {

        /**
         * A checkpoint is in the repository.
         *
         * @param checkpointId the checkpoint
         * @param gitRef the ref that holds it, never empty
         * @param stats what it holds
         * @param at when
         */
        record AssignCheckpointGitRef(
                CheckpointId checkpointId, String gitRef, CheckpointStats stats, Instant at)
                implements Report {
            /** Makes the text well-formed and cuts the time. */
            public AssignCheckpointGitRef {
                gitRef = Characters.wellFormed(gitRef);
                at = millis(at);
            }
        }

        /**
         * A checkpoint could not be taken.
         *
         * @param checkpointId the checkpoint
         * @param why a sentence for people
         * @param at when
         */
        record FailCheckpoint(CheckpointId checkpointId, String why, Instant at) implements Report {
            /** Makes the text well-formed and cuts the time. */
            public FailCheckpoint {
                why = Characters.wellFormed(why);
                at = millis(at);
            }
        }

        /**
         * A restore is done.
         *
         * @param restoreId the restore
         * @param summary what it did
         * @param at when
         */
        record CompleteRestore(OperationId restoreId, RestoreSummary summary, Instant at)
                implements Report {
            /** Cuts the time. */
            public CompleteRestore {
                at = millis(at);
            }
        }

        /**
         * A restore failed.
         *
         * @param restoreId the restore
         * @param why a sentence for people
         * @param at when
         */
        record FailRestore(OperationId restoreId, String why, Instant at) implements Report {
            /** Makes the text well-formed and cuts the time. */
            public FailRestore {
                why = Characters.wellFormed(why);
                at = millis(at);
            }
        }

        /**
         * A commit is made.
         *
         * @param commitId the commit's operation
         * @param gitRef the commit's hash, never empty
         * @param left changes of the selection that are not in it, with the reason; null for none
         * @param at when
         */
        record RecordCommit(
                OperationId commitId, String gitRef, @Nullable List<LeftPath> left, Instant at)
                implements Report {
            /** Makes the text well-formed, the list immutable, and cuts the time. */
            public RecordCommit {
                gitRef = Characters.wellFormed(gitRef);
                left = left == null || left.isEmpty() ? null : List.copyOf(left);
                at = millis(at);
            }

            /**
             * A commit of the whole selection is made.
             *
             * @param commitId the commit's operation
             * @param gitRef the commit's hash, never empty
             * @param at when
             */
            public RecordCommit(OperationId commitId, String gitRef, Instant at) {
                this(commitId, gitRef, null, at);
            }
        }

        /**
         * A commit failed.
         *
         * @param commitId the commit's operation
         * @param why a sentence for people
         * @param at when
         */
        record FailCommit(OperationId commitId, String why, Instant at) implements Report {
            /** Makes the text well-formed and cuts the time. */
            public FailCommit {
                why = Characters.wellFormed(why);
                at = millis(at);
            }
        }

        /**
         * A branch is made.
         *
         * @param operationId the operation
         * @param gitRef the commit's hash that it points to, never empty
         * @param at when
         */
        record RecordBranch(OperationId operationId, String gitRef, Instant at) implements Report {
            /** Makes the text well-formed and cuts the time. */
            public RecordBranch {
                gitRef = Characters.wellFormed(gitRef);
                at = millis(at);
            }
        }

        /**
         * A branch could not be made.
         *
         * @param operationId the operation
         * @param why a sentence for people
         * @param at when
         */
        record FailBranch(OperationId operationId, String why, Instant at) implements Report {
            /** Makes the text well-formed and cuts the time. */
            public FailBranch {
                why = Characters.wellFormed(why);
                at = millis(at);
            }
        }

        /**
         * A branch is pushed.
         *
         * @param operationId the operation
         * @param gitRef the commit's hash that the remote holds now, never empty
         * @param at when
         */
        record RecordPush(OperationId operationId, String gitRef, Instant at) implements Report {
            /** Makes the text well-formed and cuts the time. */
            public RecordPush {
                gitRef = Characters.wellFormed(gitRef);
                at = millis(at);
            }
        }

        /**
         * A push failed.
         *
         * @param operationId the operation
         * @param why a sentence for people
         * @param at when
         */
        record FailPush(OperationId operationId, String why, Instant at) implements Report {
            /** Makes the text well-formed and cuts the time. */
            public FailPush {
                why = Characters.wellFormed(why);
                at = millis(at);
            }
        }

        /**
         * What a deleted thread or thinned-out checkpoints left outside is gone.
         *
         * @param operationId the clean-up
         * @param at when
         */
        record CompleteCleanup(OperationId operationId, Instant at) implements Report {
            /** Cuts the time. */
            public CompleteCleanup {
                at = millis(at);
            }
        }
    }

    /** Wishes about prompts that wait until their thread has time for them. */
    sealed interface QueueCommand extends OrchestrationCommand {

        /** {@return the thread that it is about} */
        ThreadId threadId();

        /** {@return the prompt that it is about: the id that its turn will have} */
        TurnId turnId();

        /**
         * Puts a prompt at the end of a thread's queue. It becomes a turn by itself as soon as the
         * thread is idle.
         *
         * @param turnId the new id: that of the turn to come
         * @param threadId the thread
         * @param prompt what is said: texts, images, resources
         * @param at when
         */
        record QueuePrompt(
                TurnId turnId, ThreadId threadId, List<MessageContent> prompt, Instant at)
                implements QueueCommand {
            /** Makes the list immutable and cuts the time. */
            public QueuePrompt {
                prompt = List.copyOf(prompt);
                at = millis(at);
            }
        }

        /**
         * Says something else in the place of a prompt that waits.
         *
         * @param threadId the thread
         * @param turnId the prompt
         * @param prompt what is said now
         * @param at when
         */
        record EditQueuedPrompt(
                ThreadId threadId, TurnId turnId, List<MessageContent> prompt, Instant at)
                implements QueueCommand {
            /** Makes the list immutable and cuts the time. */
            public EditQueuedPrompt {
                prompt = List.copyOf(prompt);
                at = millis(at);
            }
        }

        /**
         * Gives a prompt that waits another place in the queue.
         *
         * @param threadId the thread
         * @param turnId the prompt
         * @param position its new place, from 1; beyond the end is the end
         */
        record MoveQueuedPrompt(ThreadId threadId, TurnId turnId, int position)
                implements QueueCommand {}

        /**
         * Takes a prompt out of the queue: it is never said.
         *
         * @param threadId the thread
         * @param turnId the prompt
         * @param at when
         */
        record RemoveQueuedPrompt(ThreadId threadId, TurnId turnId, Instant at)
                implements QueueCommand {
            /** Cuts the time. */
            public RemoveQueuedPrompt {
                at = millis(at);
            }
        }

        /**
         * Says a prompt that waits at once, before all others: the open turn is interrupted. What
         * holds the queue holds it no more.
         *
         * @param threadId the thread
         * @param turnId the prompt
         * @param at when
         */
        record SendQueuedPrompt(ThreadId threadId, TurnId turnId, Instant at)
                implements QueueCommand {
            /** Cuts the time. */
            public SendQueuedPrompt {
                at = millis(at);
            }
        }

        /**
         * Starts the turn of the prompt that is next, now that the thread is idle. A repeat does no
         * harm, since a turn starts once.
         *
         * @param threadId the thread
         * @param turnId the prompt
         * @param at when
         */
        record StartQueuedPrompt(ThreadId threadId, TurnId turnId, Instant at)
                implements QueueCommand {
            /** Cuts the time. */
            public StartQueuedPrompt {
                at = millis(at);
            }
        }
    }

    /** Wishes about what agents may do without asking a person. */
    sealed interface PolicyCommand extends OrchestrationCommand {

        /**
         * Sets the policy of all threads of a project.
         *
         * @param projectId the project
         * @param policy in place of the one before; {@link ActionPolicy#NONE} leaves none
         * @param by who wants it
         * @param at when
         */
        record SetProjectPolicy(ProjectId projectId, ActionPolicy policy, Actor by, Instant at)
                implements PolicyCommand {
            /** Cuts the time. */
            public SetProjectPolicy {
                at = millis(at);
            }
        }

        /**
         * Sets the policy of a thread, whose rules come before its project's.
         *
         * @param threadId the thread
         * @param policy in place of the one before; {@link ActionPolicy#NONE} leaves none
         * @param by who wants it
         * @param at when
         */
        record SetThreadPolicy(ThreadId threadId, ActionPolicy policy, Actor by, Instant at)
                implements PolicyCommand {
            /** Cuts the time. */
            public SetThreadPolicy {
                at = millis(at);
            }
        }

        /**
         * Puts a pending action to the policies of its thread and project. When they leave it to
         * people nothing happens.
         *
         * @param threadId the thread
         * @param actionId the action
         * @param paths what it would touch, as far as the agent tells, with links followed; empty
         *     when it does not tell
         * @param at when
         */
        record JudgeAction(
                ThreadId threadId, ActionId actionId, List<TouchedPath> paths, Instant at)
                implements PolicyCommand {
            /** Makes the list immutable and cuts the time. */
            public JudgeAction {
                paths = List.copyOf(paths);
                at = millis(at);
            }
        }
    }

    /** Wishes about the log itself. */
    sealed interface LogCommand extends OrchestrationCommand {

        /**
         * Accepts that facts are lost which cannot be read, so that the log is gone on with.
         *
         * @param sequences their places in the log
         * @param by who accepts it
         * @param at when
         */
        record AcceptLogLoss(List<Long> sequences, String by, Instant at) implements LogCommand {
            /** Makes the list immutable and the text well-formed, and cuts the time. */
            public AcceptLogLoss {
                sequences = List.copyOf(sequences);
                by = Characters.wellFormed(by);
                at = millis(at);
            }
        }

        /**
         * A node has taken the right to write. Turns of other nodes that are open end by it, since
         * nobody brings in any more what their agents say.
         *
         * @param node the node's name
         * @param token names its time; larger than those of all writers before it
         * @param at when
         */
        record ChangeWriter(String node, long token, Instant at) implements LogCommand {
            /** Makes the text well-formed and cuts the time. */
            public ChangeWriter {
                node = Characters.wellFormed(node);
                at = millis(at);
            }
        }

        /**
         * Tells that a stretch of the log is to be replaced by what amounts to the same with fewer
         * facts, which is prepared beside it.
         *
         * @param first the place of its first fact
         * @param last the place of its last fact
         * @param digest the SHA-256 of what takes its place, 64 hexadecimal digits in small letters
         * @param at when
         */
        record CompactLog(long first, long last, String digest, Instant at) implements LogCommand {
            /** Makes the text well-formed, and cuts the time. */
            public CompactLog {
                digest = Characters.wellFormed(digest);
                at = millis(at);
            }
        }

        /**
         * Tells that a stretch of the log is to be replaced by one without a certain text, which is
         * prepared beside it.
         *
         * @param first the place of the stretch's first fact
         * @param last the place of the stretch's last fact
         * @param digest the SHA-256 of what takes its place, 64 hexadecimal digits in small letters
         * @param facts how many facts of the stretch hold the text, from 1
         * @param by who wants it
         * @param at when
         */
        record EraseText(long first, long last, String digest, int facts, String by, Instant at)
                implements LogCommand {
            /** Makes the texts well-formed, and cuts the time. */
            public EraseText {
                digest = Characters.wellFormed(digest);
                by = Characters.wellFormed(by);
                at = millis(at);
            }
        }
    }

    private static Instant millis(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
