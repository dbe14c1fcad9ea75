package dev.stele.domain.model;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TurnId;
import io.vavr.collection.Vector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with one agent in one project.
 *
 * @param id its id
 * @param projectId its project
 * @param position its place among all threads that the project ever had
 * @param title its title
 * @param agent its agent: a name in the catalogue, or a command line
 * @param createdAt when it was opened
 * @param status what it is doing
 * @param turns all its turns, oldest first
 * @param conversation the newest turn of its conversation, which is that turn and its parents; null
 *     before the first. A restore moves it, and other turns are rolled back then
 * @param queue what waits to be said in it
 * @param draining its turns whose agents may still speak after an interrupt, oldest first
 * @param checkpoints its checkpoints, oldest first
 * @param operations its restores and commits, oldest first
 * @param session what is known of the agent's session
 * @param usage the newest figures that its agent told, each laid over the one before it
 * @param policy what its agent may do without asking a person; it comes before the project's
 */
public record ChatThread(
        ThreadId id,
        ProjectId projectId,
        int position,
        String title,
        String agent,
        Instant createdAt,
        ThreadStatus status,
        Vector<TurnId> turns,
        @Nullable TurnId conversation,
        PromptQueue queue,
        Vector<TurnId> draining,
        Vector<CheckpointId> checkpoints,
        Vector<OperationId> operations,
        Session session,
        @Nullable TokenUsage usage,
        ActionPolicy policy) {

    /** {@return the open turn, or null when the thread is idle} */
    public @Nullable TurnId openTurn() {
        return switch (status) {
            case ThreadStatus.Idle() -> null;
            case ThreadStatus.Running(var turn) -> turn;
            case ThreadStatus.AwaitingApproval(var turn, _) -> turn;
        };
    }

    /**
     * {@return this thread doing something else}
     *
     * @param newStatus what it does
     */
    public ChatThread withStatus(ThreadStatus newStatus) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                newStatus,
                turns,
                conversation,
                queue,
                draining,
                checkpoints,
                operations,
                session,
                usage,
                policy);
    }

    /**
     * {@return this thread with one more turn}
     *
     * @param turnId the turn
     */
    public ChatThread plusTurn(TurnId turnId) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns.append(turnId),
                turnId,
                queue,
                draining,
                checkpoints,
                operations,
                session,
                usage,
                policy);
    }

    /**
     * {@return this thread with its conversation ending at another turn}
     *
     * @param newConversation the newest turn of its conversation; null for none
     */
    public ChatThread withConversation(@Nullable TurnId newConversation) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns,
                newConversation,
                queue,
                draining,
                checkpoints,
                operations,
                session,
                usage,
                policy);
    }

    /**
     * {@return this thread with other draining turns}
     *
     * @param newDraining those that drain
     */
    public ChatThread withDraining(Vector<TurnId> newDraining) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns,
                conversation,
                queue,
                newDraining,
                checkpoints,
                operations,
                session,
                usage,
                policy);
    }

    /**
     * {@return this thread with one more checkpoint}
     *
     * @param checkpointId the checkpoint
     */
    public ChatThread plusCheckpoint(CheckpointId checkpointId) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns,
                conversation,
                queue,
                draining,
                checkpoints.append(checkpointId),
                operations,
                session,
                usage,
                policy);
    }

    /**
     * {@return this thread with one more restore or commit}
     *
     * @param operationId the operation
     */
    public ChatThread plusOperation(OperationId operationId) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns,
                conversation,
                queue,
                draining,
                checkpoints,
                operations.append(operationId),
                session,
                usage,
                policy);
    }

    /**
     * {@return this thread with other news of its session}
     *
     * @param newSession what is known of it
     */
    public ChatThread withSession(Session newSession) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns,
                conversation,
                queue,
                draining,
                checkpoints,
                operations,
                newSession,
                usage,
                policy);
    }

    /**
     * {@return this thread with other figures of its use}
     *
     * @param newUsage the figures; null for none
     */
    public ChatThread withUsage(@Nullable TokenUsage newUsage) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns,
                conversation,
                queue,
                draining,
                checkpoints,
                operations,
                session,
                newUsage,
                policy);
    }

    /**
     * {@return this thread with another queue}
     *
     * @param newQueue what waits to be said in it
     */
    public ChatThread withQueue(PromptQueue newQueue) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns,
                conversation,
                newQueue,
                draining,
                checkpoints,
                operations,
                session,
                usage,
                policy);
    }

    /**
     * {@return this thread with another policy}
     *
     * @param newPolicy what its agent may do without asking a person
     */
    public ChatThread withPolicy(ActionPolicy newPolicy) {
        return new ChatThread(
                id,
                projectId,
                position,
                title,
                agent,
                createdAt,
                status,
                turns,
                conversation,
                queue,
                draining,
                checkpoints,
                operations,
                session,
                usage,
                newPolicy);
    }
}
