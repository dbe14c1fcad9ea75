package dev.stele.domain.project;

import dev.stele.contracts.Identifier;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectDeleted;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Lanes.Work;
import dev.stele.domain.model.Operation.Cleanup;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.RetiredIds;
import io.vavr.collection.HashMap;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.util.Objects;

/**
 * What goes with a deleted thread or project: all that belongs to it. Its ids are retired, and what
 * it left outside becomes clean-ups.
 */
final class Deletions {

    private Deletions() {}

    static OrchestrationReadModel project(OrchestrationReadModel model, ProjectDeleted e) {
        Project project = model.project(e.projectId());
        if (project == null) {
            return model;
        }
        OrchestrationReadModel result = model;
        for (ThreadId threadId : project.threads().values()) {
            result = thread(result, threadId, e.at());
        }
        RetiredIds retired = result.retired();
        return withoutOperations(result, project.operations())
                .withProjects(result.projects().remove(project.id()), withoutPath(result, project))
                .withRetired(
                        new RetiredIds(
                                retired.projects().add(project.id()),
                                retired.threads(),
                                retired.turns(),
                                retired.checkpoints(),
                                retired.operations().addAll(project.operations())));
    }

    private static HashMap<String, Vector<ProjectId>> withoutPath(
            OrchestrationReadModel model, Project project) {
        Vector<ProjectId> others =
                model.projectsByPath()
                        .getOrElse(project.path(), Vector.empty())
                        .remove(project.id());
        return others.isEmpty()
                ? model.projectsByPath().remove(project.path())
                : model.projectsByPath().put(project.path(), others);
    }

    static OrchestrationReadModel thread(OrchestrationReadModel model, ThreadId id, Instant at) {
        ChatThread thread = model.thread(id);
        Project project = thread == null ? null : model.project(thread.projectId());
        if (thread == null || project == null) {
            return model;
        }
        OrchestrationReadModel rest =
                withoutOperations(model, thread.operations())
                        .with(project.minusThread(thread.position()))
                        .withThreads(model.threads().remove(id))
                        .withTurns(model.turns().minusAll(thread.turns()))
                        .withQueued(model.queued().removeAll(thread.queue().waiting()))
                        .withCheckpoints(model.checkpoints().removeAll(thread.checkpoints()))
                        .withLanes(model.lanes().minusAll(work -> isOf(thread, work, model)))
                        .withRetired(retired(model.retired(), thread))
                        .withSelected(
                                Objects.equals(model.selected(), id) ? null : model.selected());
        return rest.with(cleanup(thread, project, Cleanup.Subject.AGENT, at))
                .with(cleanup(thread, project, Cleanup.Subject.REFS, at));
    }

    private static boolean isOf(ChatThread thread, Work work, OrchestrationReadModel model) {
        return switch (work) {
            case Work.TurnWork(_, var turnId) -> {
                var turn = model.turn(turnId);
                yield turn != null && turn.threadId().equals(thread.id());
            }
            case Work.CheckpointWork(_, var checkpointId) -> {
                var checkpoint = model.checkpoint(checkpointId);
                yield checkpoint != null && checkpoint.threadId().equals(thread.id());
            }
            case Work.OperationWork(_, var operationId) ->
                    thread.operations().contains(operationId);
        };
    }

    private static OrchestrationReadModel withoutOperations(
            OrchestrationReadModel model, Vector<OperationId> ids) {
        return model.withOperations(
                model.operations().removeAll(ids), model.openOperations().removeAll(ids));
    }

    private static RetiredIds retired(RetiredIds before, ChatThread thread) {
        return new RetiredIds(
                before.projects(),
                before.threads().add(thread.id()),
                before.turns().addAll(thread.turns()).addAll(thread.queue().waiting()),
                before.checkpoints().addAll(thread.checkpoints()),
                before.operations().addAll(thread.operations()));
    }

    private static Cleanup cleanup(
            ChatThread thread, Project project, Cleanup.Subject subject, Instant at) {
        return new Cleanup(
                new OperationId(Identifier.derived(thread.id().value(), subject.suffix())),
                subject,
                thread.id(),
                project.place(),
                at,
                new OperationState.Open());
    }
}
