package dev.stele.domain.model;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the facts amount to, at one place in the log. Immutable: readers share it with
 * the writer without locks, and each update shares with the version before it all that is alike.
 *
 * @param sequence the place in the log that it stands at; 0 before the first fact
 * @param projects the projects
 * @param projectsByPath the project of each directory
 * @param threads the threads of all projects
 * @param turns the turns of all threads
 * @param checkpoints the checkpoints of all threads
 * @param operations outside work, open and settled
 * @param openOperations the ids of the operations whose result is not known yet
 * @param lanes who works on which directory
 * @param retired the ids of what is deleted
 * @param selected the thread that people look at, if any
 */
public record OrchestrationReadModel(
        long sequence,
        HashMap<ProjectId, Project> projects,
        HashMap<String, ProjectId> projectsByPath,
        HashMap<ThreadId, ChatThread> threads,
        Turns turns,
        HashMap<CheckpointId, Checkpoint> checkpoints,
        HashMap<OperationId, Operation> operations,
        HashSet<OperationId> openOperations,
        Lanes lanes,
        RetiredIds retired,
        @Nullable ThreadId selected) {

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
                    HashSet.empty(),
                    Lanes.EMPTY,
                    RetiredIds.NONE,
                    null);

    /** The project, or null. */
    public @Nullable Project project(ProjectId id) {
        return projects.getOrElse(id, null);
    }

    /** The project of a directory, or null. */
    public @Nullable ProjectId projectAt(String path) {
        return projectsByPath.getOrElse(path, null);
    }

    /** The thread, or null. */
    public @Nullable ChatThread thread(ThreadId id) {
        return threads.getOrElse(id, null);
    }

    /** The turn, or null. */
    public @Nullable Turn turn(TurnId id) {
        return turns.find(id);
    }

    /** The checkpoint, or null. */
    public @Nullable Checkpoint checkpoint(CheckpointId id) {
        return checkpoints.getOrElse(id, null);
    }

    /** The operation, or null. */
    public @Nullable Operation operation(OperationId id) {
        return operations.getOrElse(id, null);
    }

    /** The directory that a thread works in, or null when there is no such thread. */
    public @Nullable String directoryOf(ThreadId id) {
        ChatThread thread = thread(id);
        Project project = thread == null ? null : project(thread.projectId());
        return project == null ? null : project.path();
    }

    /** This model at another place in the log. */
    public OrchestrationReadModel atSequence(long newSequence) {
        return new OrchestrationReadModel(
                newSequence,
                projects,
                projectsByPath,
                threads,
                turns,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected);
    }

    /** This model with other projects. */
    public OrchestrationReadModel withProjects(
            HashMap<ProjectId, Project> newProjects, HashMap<String, ProjectId> newProjectsByPath) {
        return new OrchestrationReadModel(
                sequence,
                newProjects,
                newProjectsByPath,
                threads,
                turns,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected);
    }

    /** This model with a project added or replaced. */
    public OrchestrationReadModel with(Project project) {
        return withProjects(
                projects.put(project.id(), project),
                projectsByPath.put(project.path(), project.id()));
    }

    /** This model with other threads. */
    public OrchestrationReadModel withThreads(HashMap<ThreadId, ChatThread> newThreads) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                newThreads,
                turns,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected);
    }

    /** This model with a thread added or replaced. */
    public OrchestrationReadModel with(ChatThread thread) {
        return withThreads(threads.put(thread.id(), thread));
    }

    /** This model with other turns. */
    public OrchestrationReadModel withTurns(Turns newTurns) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                newTurns,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                selected);
    }

    /** This model with a turn added or replaced. */
    public OrchestrationReadModel with(Turn turn) {
        return withTurns(turns.plus(turn));
    }

    /** This model with other checkpoints. */
    public OrchestrationReadModel withCheckpoints(HashMap<CheckpointId, Checkpoint> newOnes) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                newOnes,
                operations,
                openOperations,
                lanes,
                retired,
                selected);
    }

    /** This model with a checkpoint added or replaced. */
    public OrchestrationReadModel with(Checkpoint checkpoint) {
        return withCheckpoints(checkpoints.put(checkpoint.id(), checkpoint));
    }

    /** This model with other operations. */
    public OrchestrationReadModel withOperations(
            HashMap<OperationId, Operation> newOperations, HashSet<OperationId> newOpenOperations) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                checkpoints,
                newOperations,
                newOpenOperations,
                lanes,
                retired,
                selected);
    }

    /** This model with an operation added or replaced. */
    public OrchestrationReadModel with(Operation operation) {
        return withOperations(
                operations.put(operation.id(), operation),
                operation.isOpen()
                        ? openOperations.add(operation.id())
                        : openOperations.remove(operation.id()));
    }

    /** This model with other lanes. */
    public OrchestrationReadModel withLanes(Lanes newLanes) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                checkpoints,
                operations,
                openOperations,
                newLanes,
                retired,
                selected);
    }

    /** This model with other retired ids. */
    public OrchestrationReadModel withRetired(RetiredIds newRetired) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                checkpoints,
                operations,
                openOperations,
                lanes,
                newRetired,
                selected);
    }

    /** This model with another thread selected, or none. */
    public OrchestrationReadModel withSelected(@Nullable ThreadId newSelected) {
        return new OrchestrationReadModel(
                sequence,
                projects,
                projectsByPath,
                threads,
                turns,
                checkpoints,
                operations,
                openOperations,
                lanes,
                retired,
                newSelected);
    }
}
