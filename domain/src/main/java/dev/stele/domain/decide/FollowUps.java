package dev.stele.domain.decide;

import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.StartQueuedPrompt;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestoreFailed;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointRestored;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.PromptQueued;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.QueuedPrompt;
import dev.stele.domain.model.ThreadStatus.Idle;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which prompts that wait are to be started now. Pure: whoever carries it out tells the time. The
 * id of the turn was chosen when the prompt was queued, so that a start told twice happens once.
 */
public final class FollowUps {

    private FollowUps() {}

    /**
     * {@return the threads whose queues may go on by a fact; each is asked {@link #next}}
     *
     * @param event the fact
     * @param model the state after it
     */
    public static List<ThreadId> movedBy(OrchestrationEvent event, OrchestrationReadModel model) {
        return switch (event) {
            case PromptQueued e -> List.of(e.threadId());
            case ThreadStatusChanged(var thread, Idle()) -> List.of(thread);
            case CheckpointRestored e -> ofProject(model.operation(e.restoreId()), model);
            case CheckpointRestoreFailed e -> ofProject(model.operation(e.restoreId()), model);
            case OrchestrationEvent _ -> List.of();
        };
    }

    private static List<ThreadId> ofProject(
            @Nullable Operation operation, OrchestrationReadModel model) {
        ChatThread thread =
                operation instanceof Operation.Restore restore
                        ? model.thread(restore.threadId())
                        : null;
        ProjectId projectId = thread == null ? null : thread.projectId();
        Project project = projectId == null ? null : model.project(projectId);
        return project == null ? List.of() : project.threads().values().asJava();
    }

    /**
     * {@return all threads in which something waits}
     *
     * @param model the state
     */
    public static List<ThreadId> waiting(OrchestrationReadModel model) {
        return model.queued()
                .values()
                .toJavaStream()
                .map(QueuedPrompt::threadId)
                .distinct()
                .toList();
    }

    /**
     * {@return the start of the prompt that is next in a thread; null when nothing is to start now:
     * nothing waits, the queue is held, the thread is busy, a restore is under way, or the
     * directory is on another node}
     *
     * @param threadId the thread
     * @param model the state; projects of other nodes may be left out
     * @param at when it is to start
     */
    public static @Nullable StartQueuedPrompt next(
            ThreadId threadId, OrchestrationReadModel model, Instant at) {
        ChatThread thread = model.thread(threadId);
        TurnId next = thread == null ? null : thread.queue().next();
        return thread == null
                        || next == null
                        || model.project(thread.projectId()) == null
                        || Turns.obstacle(thread, model) != null
                ? null
                : new StartQueuedPrompt(threadId, next, at);
    }
}
