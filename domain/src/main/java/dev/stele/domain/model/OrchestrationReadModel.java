package dev.stele.domain.model;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the facts amount to, at one place in the log. Immutable: readers share it with
 * the writer without locks, and each update shares with the version before it all that is alike.
 *
 * @param sequence the place in the log that it stands at; 0 before the first fact
 * @param projects the projects
 * @param projectsByPath the projects at each path, of one node each; oldest first
 * @param threads the threads of all projects
 * @param turns the turns of all threads
 * @param queued the prompts of all threads that wait for their turn
 * @param checkpoints the checkpoints of all threads
 * @param operations outside work, open and settled
 * @param openOperations the ids of the operations whose result is not known yet
 * @param lanes who works on which directory
 * @param retired the ids of what is deleted
 * @param selected the thread that people look at, if any
 * @param log what is known of the log itself
 */
public record OrchestrationReadModel(
        long sequence,
        HashMap<ProjectId, Project> projects,
        HashMap<String, Vector<ProjectId>> projectsByPath,
        HashMap<ThreadId, ChatThread> threads,
        Turns turns,
        HashMap<TurnId, QueuedPrompt> queued,
        HashMap<CheckpointId, Checkpoint> checkpoints,
        HashMap<OperationId, Operation> operations,
        HashSet<OperationId> openOperations,
        Lanes lanes,
        RetiredIds retired,
        @Nullable ThreadId selected,
        LogState log) {

    /** The model of an empty log. */
    public static final OrchestrationReadModel EMPTY =
            new OrchestrationReadModel(
                    0,
                    HashMap.empty(),
                    HashMap.empty(),
                    HashMap.empty(),
                    Turns.NONE,
                    HashMap.empty(),
                    HashMap.empty(),
                    HashMap.empty(),
                    HashSet.empty(),
                    Lanes.EMPTY,
                    RetiredIds.NONE,
                    null,
                    LogState.EMPTY);

    /**
     * {@return the project, or null}
     *
     * @param id its id
     */
    public @Nullable Project project(ProjectId id) {
        return projects.getOrElse(id, null);
    }

    /**
     * {@return the project of a directory, or null}
     *
     * @param place the directory; without a node the oldest project at its path
     */
    public @Nullable ProjectId projectAt(Place place) {
        for (ProjectId id : projectsByPath.getOrElse(place.path(), Vector.empty())) {
            Project project = project(id);
            if (project != null && project.place().isSame(place)) {
                return id;
            }
        }
        return null;
    }

    /**
     * {@return the thread, or null}
     *
     * @param id its id
     */
    public @Nullable ChatThread thread(ThreadId id) {
        return threads.getOrElse(id, null);
    }

    /**
     * {@return the turn, or null}
     *
     * @param id its id
     */
    public @Nullable Turn turn(TurnId id) {
        return turns.find(id);
    }

    /**
     * {@return the prompt that waits for its turn, or null}
     *
     * @param id the id that its turn will have
     */
    public @Nullable QueuedPrompt queuedPrompt(TurnId id) {
        return queued.getOrElse(id, null);
    }

    /**
     * {@return the checkpoint, or null}
     *
     * @param id its id
     */
    public @Nullable Checkpoint checkpoint(CheckpointId id) {
        return checkpoints.getOrElse(id, null);
    }

    /**
     * {@return the operation, or null}
     *
     * @param id its id
     */
    public @Nullable Operation operation(OperationId id) {
        return operations.getOrElse(id, null);
    }

    /**
     * {@return the directory that a thread works in, or null when there is no such thread}
     *
     * @param id its id
     */
    public @Nullable String directoryOf(ThreadId id) {
        Place place = placeOf(id);
        return place == null ? null : place.path();
    }

    /**
     * {@return the directory that a thread works in and the node that has it, or null when there is
     * no such thread}
     *
     * @param id its id
     */
    public @Nullable Place placeOf(ThreadId id) {
        ChatThread thread = thread(id);
        return thread == null ? null : placeOf(thread.projectId());
    }

    /**
     * {@return the directory that an operation works in and the node that has it, or null when
     * there is no such operation}
     *
     * @param id its id
     */
    public @Nullable Place placeOf(OperationId id) {
        return switch (operation(id)) {
            case null -> null;
            case Operation.Restore restore -> placeOf(restore.threadId());
            case Operation.Commit commit -> placeOf(commit.threadId());
            case Operation.Branch branch -> placeOf(branch.projectId());
            case Operation.Push push -> placeOf(push.projectId());
            case Operation.Thinning thinning -> placeOf(thinning.projectId());
            case Operation.Cleanup cleanup -> cleanup.place();
        };
    }

    private @Nullable Place placeOf(ProjectId id) {
        Project project = project(id);
        return project == null ? null : project.place();
    }

    /**
     * {@return this model at another place in the log}
     *
     * @param newSequence the place in the log
     */
    public OrchestrationReadModel atSequence(long newSequence) {
        return new OrchestrationReadModel(
                newSequence,
                projects,
                projectsByPath,
                threads,
                turns,
                queued,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected,
                log);
    }

    /**
     * {@return this model with other projects}
     *
     * @param newProjects all projects by id
     * @param newProjectsByPath their ids by path, oldest first
     */
    public OrchestrationReadModel withProjects(
            HashMap<ProjectId, Project> newProjects,
            HashMap<String, Vector<ProjectId>> newProjectsByPath) {
        return new OrchestrationReadModel(
                sequence,
                newProjects,
                newProjectsByPath,
                threads,
                turns,
                queued,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected,
                log);
    }

    /**
     * {@return this model with a project added or replaced}
     *
     * @param project the project
     */
    public OrchestrationReadModel with(Project project) {
        return withProjects(
                projects.put(project.id(), project),
                project(project.id()) != null
                        ? projectsByPath
                        : projectsByPath.put(
                                project.path(),
                                Vector.of(project.id()),
                                (before, added) -> before.appendAll(added)));
    }

    /**
     * {@return this model with other threads}
     *
     * @param newThreads all threads by id
     */
    public OrchestrationReadModel withThreads(HashMap<ThreadId, ChatThread> newThreads) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                newThreads,
                turns,
                queued,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected,
                log);
    }

    /**
     * {@return this model with a thread added or replaced}
     *
     * @param thread the thread
     */
    public OrchestrationReadModel with(ChatThread thread) {
        return withThreads(threads.put(thread.id(), thread));
    }

    /**
     * {@return this model with other turns}
     *
     * @param newTurns all turns
     */
    public OrchestrationReadModel withTurns(Turns newTurns) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                newTurns,
                queued,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected,
                log);
    }

    /**
     * {@return this model with a turn added or replaced}
     *
     * @param turn the turn
     */
    public OrchestrationReadModel with(Turn turn) {
        return withTurns(turns.plus(turn));
    }

    /**
     * {@return this model with other prompts that wait}
     *
     * @param newQueued all of them by the ids that their turns will have
     */
    public OrchestrationReadModel withQueued(HashMap<TurnId, QueuedPrompt> newQueued) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                newQueued,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected,
                log);
    }

    /**
     * {@return this model with other checkpoints}
     *
     * @param newOnes all checkpoints by id
     */
    public OrchestrationReadModel withCheckpoints(HashMap<CheckpointId, Checkpoint> newOnes) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                queued,
                newOnes,
                operations,
                openOperations,
                lanes,
                retired,
                selected,
                log);
    }

    /**
     * {@return this model with a checkpoint added or replaced}
     *
     * @param checkpoint the checkpoint
     */
    public OrchestrationReadModel with(Checkpoint checkpoint) {
        return withCheckpoints(checkpoints.put(checkpoint.id(), checkpoint));
    }

    /**
     * {@return this model with other operations}
     *
     * @param newOpenOperations those that are open
     * @param newOperations all operations by id
     */
    public OrchestrationReadModel withOperations(
            HashMap<OperationId, Operation> newOperations, HashSet<OperationId> newOpenOperations) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                queued,
                checkpoints,
                newOperations,
                newOpenOperations,
                lanes,
                retired,
                selected,
                log);
    }

    /**
     * {@return this model with an operation added or replaced}
     *
     * @param operation the operation
     */
    public OrchestrationReadModel with(Operation operation) {
        return withOperations(
                operations.put(operation.id(), operation),
                operation.isOpen()
                        ? openOperations.add(operation.id())
                        : openOperations.remove(operation.id()));
    }

    /**
     * {@return this model with other lanes}
     *
     * @param newLanes the lanes
     */
    public OrchestrationReadModel withLanes(Lanes newLanes) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                queued,
                checkpoints,
                operations,
                openOperations,
                newLanes,
                retired,
                selected,
                log);
    }

    /**
     * {@return this model with other retired ids}
     *
     * @param newRetired ids that are never used again
     */
    public OrchestrationReadModel withRetired(RetiredIds newRetired) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                queued,
                checkpoints,
                operations,
                openOperations,
                lanes,
                newRetired,
                selected,
                log);
    }

    /**
     * {@return this model with another thread selected, or none}
     *
     * @param newSelected the thread; null for none
     */
    public OrchestrationReadModel withSelected(@Nullable ThreadId newSelected) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                queued,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                newSelected,
                log);
    }

    /**
     * {@return this model with another state of the log}
     *
     * @param newLog what is known of the log itself
     */
    public OrchestrationReadModel withLog(LogState newLog) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                queued,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected,
                newLog);
    }
}
