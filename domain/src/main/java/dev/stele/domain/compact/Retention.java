package dev.stele.domain.compact;

import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.CheckpointCreated;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.AbsorbedEvent;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.CommitRequested;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.ProjectDeleted;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.StoredEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of threads that were deleted: that they were there, with all their ids, and nothing
 * of what was said in them. First it sees the whole log, and then it tells of each fact what is
 * kept of it. For one thread.
 */
public final class Retention {

    private final Instant before;
    private final Map<ThreadId, ProjectId> projects = new HashMap<>();
    private final Map<TurnId, ThreadId> turns = new HashMap<>();
    private final Set<ThreadId> gone = new HashSet<>();

    /**
     * A retention that has not seen anything.
     *
     * @param before threads that were deleted up to this time lose what was said in them
     */
    public Retention(Instant before) {
        this.before = before;
    }

    /**
     * Sees one more fact of the log, in order.
     *
     * @param stored the fact
     */
    public void see(StoredEvent stored) {
        switch (stored.event()) {
            case ThreadCreated e -> projects.put(e.threadId(), e.projectId());
            case TurnStarted e -> turns.put(e.turnId(), e.threadId());
            case PromptQueued e -> turns.put(e.turnId(), e.threadId());
            case ThreadDeleted e when !e.at().isAfter(before) -> gone.add(e.threadId());
            case ProjectDeleted e when !e.at().isAfter(before) ->
                    projects.forEach((thread, project) -> {
                        if (project.equals(e.projectId())) {
                            gone.add(thread);
                        }
                    });
            case OrchestrationEvent _ -> {
                // nothing is deleted by it
            }
        }
    }

    /** {@return whether anything may be dropped} */
    public boolean isNeeded() {
        return !gone.isEmpty();
    }

    /**
     * {@return what is kept of a fact: the same, one that says less, or nothing}
     *
     * @param event a fact of the log that was seen
     */
    public OrchestrationEvent kept(OrchestrationEvent event) {
        return switch (event) {
            case TurnEvent e when isGone(turns.get(e.turnId())) -> ofTurn(e);
            case ApprovalEvent e when isGone(turns.get(e.turnId())) -> new AbsorbedEvent(0);
            case ThreadCreated e when isGone(e.threadId()) ->
                    new ThreadCreated(e.threadId(), e.projectId(), "", e.agent(), e.at());
            case PromptQueued e when isGone(e.threadId()) ->
                    new PromptQueued(e.turnId(), e.threadId(), List.of(), e.at());
            case QueuedPromptEdited e when isGone(turns.get(e.turnId())) -> new AbsorbedEvent(0);
            case SessionUpdated e when isGone(e.threadId()) -> new AbsorbedEvent(0);
            case UsageUpdated e when isGone(e.threadId()) -> new AbsorbedEvent(0);
            case NoticeRecorded e when isGone(e.threadId()) -> new AbsorbedEvent(0);
            case CheckpointCreated e when isGone(e.threadId()) ->
                    new CheckpointCreated(e.checkpointId(), e.threadId(), e.turnId(), "", e.at());
            case CommitRequested e when isGone(e.threadId()) ->
                    new CommitRequested(e.commitId(), e.threadId(), "", e.selection(), e.at());
            case OrchestrationEvent other -> other;
        };
    }

    private boolean isGone(@Nullable ThreadId thread) {
        return thread != null && gone.contains(thread);
    }

    /** That it began and how it ended stays: lanes and ids hang on it. */
    private static OrchestrationEvent ofTurn(TurnEvent event) {
        return switch (event) {
            case TurnStarted e -> new TurnStarted(e.turnId(), e.threadId(), List.of(), e.at());
            case TurnCompleted e ->
                    new TurnCompleted(e.turnId(), e.stopReason(), null, null, e.usage(), e.at());
            case TurnFailed e ->
                    new TurnFailed(
                            e.turnId(),
                            ProviderError.of(e.error().scope(), e.error().kind(), ""),
                            e.at());
            case TurnInterrupted e -> e;
            case TurnDrained e -> e;
            case MessageAppended _,
                    MessageChunkReceived _,
                    ToolCallUpdated _,
                    PlanUpdated _,
                    RetryReported _ ->
                    new AbsorbedEvent(0);
        };
    }
}
