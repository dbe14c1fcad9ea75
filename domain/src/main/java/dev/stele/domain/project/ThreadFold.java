package dev.stele.domain.project;

import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.SessionUpdated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadCreated;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadPolicySet;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadSelected;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.UsageUpdated;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.PromptQueue;
import dev.stele.domain.model.Session;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Turn;
import io.vavr.collection.Vector;
import org.jspecify.annotations.Nullable;

/** What facts about threads change. */
final class ThreadFold {

    private ThreadFold() {}

    static OrchestrationReadModel created(OrchestrationReadModel model, ThreadCreated e) {
        Project project = model.project(e.projectId());
        if (project == null || model.thread(e.threadId()) != null) {
            return model;
        }
        var thread =
                new ChatThread(
                        e.threadId(),
                        e.projectId(),
                        project.threadsEver(),
                        e.title(),
                        e.agent(),
                        e.at(),
                        new ThreadStatus.Idle(),
                        Vector.empty(),
                        null,
                        PromptQueue.EMPTY,
                        Vector.empty(),
                        Vector.empty(),
                        Vector.empty(),
                        Session.NONE,
                        null,
                        ActionPolicy.NONE);
        return model.with(project.plusThread(thread.id())).with(thread);
    }

    static OrchestrationReadModel selected(OrchestrationReadModel model, ThreadSelected e) {
        return model.thread(e.threadId()) == null ? model : model.withSelected(e.threadId());
    }

    static OrchestrationReadModel status(OrchestrationReadModel model, ThreadStatusChanged e) {
        ChatThread thread = model.thread(e.threadId());
        return thread == null ? model : model.with(thread.withStatus(e.status()));
    }

    static OrchestrationReadModel policy(OrchestrationReadModel model, ThreadPolicySet e) {
        ChatThread thread = model.thread(e.threadId());
        return thread == null ? model : model.with(thread.withPolicy(e.policy()));
    }

    static OrchestrationReadModel session(OrchestrationReadModel model, SessionUpdated e) {
        ChatThread thread = model.thread(e.threadId());
        if (thread == null) {
            return model;
        }
        Session old = thread.session();
        String kind = e.kind();
        String raw = e.raw();
        return model.with(
                thread.withSession(
                        new Session(
                                newer(old.sessionId(), e.sessionId()),
                                newer(old.title(), e.title()),
                                newer(old.modeId(), e.modeId()),
                                kind == null || raw == null
                                        ? old.raw()
                                        : old.raw().put(kind, raw))));
    }

    private static @Nullable String newer(@Nullable String old, @Nullable String update) {
        return update == null ? old : update;
    }

    static OrchestrationReadModel usage(OrchestrationReadModel model, UsageUpdated e) {
        return usage(model, e.threadId(), e.turnId(), e.usage());
    }

    /** The newest figures lie over those before them, of the thread and of the turn. */
    static OrchestrationReadModel usage(
            OrchestrationReadModel model,
            ThreadId threadId,
            @Nullable TurnId turnId,
            TokenUsage usage) {
        ChatThread thread = model.thread(threadId);
        if (thread == null) {
            return model;
        }
        OrchestrationReadModel counted =
                model.with(thread.withUsage(merged(thread.usage(), usage)));
        Turn turn = turnId == null ? null : counted.turn(turnId);
        return turn == null ? counted : counted.with(turn.withUsage(merged(turn.usage(), usage)));
    }

    private static TokenUsage merged(@Nullable TokenUsage old, TokenUsage update) {
        return old == null ? update : old.mergedWith(update);
    }
}
