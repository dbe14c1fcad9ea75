package dev.stele.app;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Operation.Cleanup;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes back from a fact to the command that led to it. It reads the log backwards, in pages. */
final class Causes {
    private static final int PAGE = 1_000;

    private final EventFeed feed;
    private final LongFunction<@Nullable Receipt> receipts;

    /**
     * The causes in a log.
     *
     * @param feed the log
     * @param receipts the receipt whose facts hold a place, or null
     */
    Causes(EventFeed feed, LongFunction<@Nullable Receipt> receipts) {
        this.feed = feed;
        this.receipts = receipts;
    }

    Cause of(long sequence) {
        List<StoredEvent> way = new ArrayList<>();
        StoredEvent fact = at(sequence);
        way.add(fact);
        Receipt receipt = receipts.apply(sequence);
        while (receipt == null) {
            StoredEvent earlier = request(fact);
            if (earlier == null) {
                break;
            }
            fact = earlier;
            way.add(fact);
            receipt = receipts.apply(fact.sequence());
        }
        return new Cause(way, receipt);
    }

    private StoredEvent at(long sequence) {
        long end = feed.model().sequence();
        if (sequence < 1 || sequence > end) {
            throw new IllegalArgumentException(
                    "the log has the facts 1 to " + end + ", and none at " + sequence);
        }
        return feed.page(sequence - 1, 1).getFirst();
    }

    /** The earlier fact that this one answers, or null when it answers none. */
    private @Nullable StoredEvent request(StoredEvent fact) {
        return switch (fact.event()) {
            case TurnStarted e -> queued(e.turnId(), fact);
            case TurnInterrupted _ -> null;
            case TurnEvent e -> prompt(e.turnId(), fact);
            case ApprovalEvent e -> prompt(e.turnId(), fact);
            case ThreadEvent e -> request(e, fact);
            case CheckpointEvent e -> request(e, fact);
            case OperationEvent e -> request(e, fact);
            case QueueEvent e -> request(e, fact);
            case ProjectEvent _, LogEvent _ -> null;
        };
    }

    private @Nullable StoredEvent request(ThreadEvent event, StoredEvent fact) {
        return switch (event) {
            case UsageUpdated(_, var turn, _) -> turn == null ? null : prompt(turn, fact);
            case NoticeRecorded(_, var turn, _, _) -> turn == null ? null : prompt(turn, fact);
            // A status never changes by itself: the fact that changes it stands before it.
            case ThreadStatusChanged _ -> fact.sequence() > 1 ? at(fact.sequence() - 1) : null;
            case ThreadCreated _,
                    ThreadDeleted _,
                    ThreadSelected _,
                    ThreadPolicySet _,
                    SessionUpdated _ ->
                    null;
        };
    }

    private @Nullable StoredEvent request(QueueEvent event, StoredEvent fact) {
        return switch (event) {
            case PromptQueued _, QueuedPromptEdited _, QueuedPromptMoved _, QueuedPromptRemoved _ ->
                    null;
            // What holds a queue stands before it.
            case QueueHeld _ -> fact.sequence() > 1 ? at(fact.sequence() - 1) : null;
        };
    }

    /** A turn that starts by itself was queued before. */
    private @Nullable StoredEvent queued(TurnId turn, StoredEvent fact) {
        return before(fact, e -> e instanceof PromptQueued q && q.turnId().equals(turn));
    }

    private @Nullable StoredEvent request(CheckpointEvent event, StoredEvent fact) {
        return switch (event) {
            case CheckpointCreated e -> e.turnId() == null ? null : prompt(e.turnId(), fact);
            case CheckpointGitRefAssigned e -> checkpoint(e.checkpointId(), fact);
            case CheckpointFailed e -> checkpoint(e.checkpointId(), fact);
            case CheckpointsThinned _, CheckpointRestoreRequested _ -> null;
            case CheckpointRestored e -> operation(e.restoreId(), fact);
            case CheckpointRestoreFailed e -> operation(e.restoreId(), fact);
        };
    }

    private @Nullable StoredEvent request(OperationEvent event, StoredEvent fact) {
        return switch (event) {
            case CommitRequested _, BranchRequested _, PushRequested _ -> null;
            case ChangesCommitted e -> operation(e.commitId(), fact);
            case CommitFailed e -> operation(e.commitId(), fact);
            case BranchCreated e -> operation(e.operationId(), fact);
            case BranchCreationFailed e -> operation(e.operationId(), fact);
            case BranchPushed e -> operation(e.operationId(), fact);
            case PushFailed e -> operation(e.operationId(), fact);
            case CleanupCompleted e -> removal(e.operationId(), fact);
            case CleanupFailed e -> removal(e.operationId(), fact);
        };
    }

    private @Nullable StoredEvent prompt(TurnId turn, StoredEvent fact) {
        var known = feed.model().turn(turn);
        return known != null
                ? at(known.transcript().first())
                : before(fact, e -> e instanceof TurnStarted s && s.turnId().equals(turn));
    }

    private @Nullable StoredEvent checkpoint(CheckpointId id, StoredEvent fact) {
        return before(fact, e -> e instanceof CheckpointCreated c && c.checkpointId().equals(id));
    }

    private @Nullable StoredEvent operation(OperationId id, StoredEvent fact) {
        return before(fact, e -> id.equals(asked(e)));
    }

    private static @Nullable OperationId asked(OrchestrationEvent event) {
        return switch (event) {
            case CheckpointsThinned e -> e.operationId();
            case CheckpointRestoreRequested e -> e.restoreId();
            case CommitRequested e -> e.commitId();
            case BranchRequested e -> e.operationId();
            case PushRequested e -> e.operationId();
            case CheckpointEvent _,
                    OperationEvent _,
                    ProjectEvent _,
                    ThreadEvent _,
                    QueueEvent _,
                    TurnEvent _,
                    ApprovalEvent _,
                    LogEvent _ ->
                    null;
        };
    }

    /** What is to be cleaned up was thinned out, or deleted by itself or with its project. */
    private @Nullable StoredEvent removal(OperationId id, StoredEvent fact) {
        StoredEvent thinned = operation(id, fact);
        return thinned == null ? deletion(id, fact) : thinned;
    }

    private @Nullable StoredEvent deletion(OperationId id, StoredEvent fact) {
        ThreadId thread = feed.model().operation(id) instanceof Cleanup c ? c.threadId() : null;
        StoredEvent own =
                before(fact, e -> e instanceof ThreadDeleted d && d.threadId().equals(thread));
        if (own != null || thread == null) {
            return own;
        }
        StoredEvent made =
                before(fact, e -> e instanceof ThreadCreated c && c.threadId().equals(thread));
        return made != null && made.event() instanceof ThreadCreated c
                ? before(
                        fact,
                        e -> e instanceof ProjectDeleted d && d.projectId().equals(c.projectId()))
                : null;
    }

    /** The newest fact before another that is as wanted, or null. */
    private @Nullable StoredEvent before(StoredEvent fact, Predicate<OrchestrationEvent> wanted) {
        return newest(fact.sequence() - 1, wanted);
    }

    /** The newest fact up to a place that is as wanted, or null. */
    @Nullable StoredEvent newest(long upTo, Predicate<OrchestrationEvent> wanted) {
        for (long end = upTo; end > 0; end -= PAGE) {
            long start = Math.max(0, end - PAGE);
            StoredEvent found = null;
            for (StoredEvent stored : facts(start, end)) {
                found = wanted.test(stored.event()) ? stored : found;
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private List<StoredEvent> facts(long start, long end) {
        List<StoredEvent> facts = new ArrayList<>();
        for (long place = start; place < end; ) {
            List<StoredEvent> page = feed.page(place, (int) (end - place));
            facts.addAll(page);
            place = page.isEmpty() ? end : page.getLast().sequence();
        }
        return facts;
    }
}
