package dev.stele.domain.tck;

import static dev.stele.domain.tck.SampleProviderEvents.ACTION;
import static dev.stele.domain.tck.SampleProviderEvents.CRASH;
import static dev.stele.domain.tck.SampleProviderEvents.FULL_USAGE;
import static dev.stele.domain.tck.SampleProviderEvents.OPTIONS;
import static dev.stele.domain.tck.SampleProviderEvents.PLAN;
import static dev.stele.domain.tck.SampleProviderEvents.RATE_LIMIT;
import static dev.stele.domain.tck.SampleProviderEvents.SOME_USAGE;
import static dev.stele.domain.tck.Samples.AT;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.*;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.ThreadStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events of every kind. */
final class SampleEvents {

    private static final ProjectId PROJECT = new ProjectId("prj-1");
    private static final ThreadId THREAD = new ThreadId("thr-1");
    private static final TurnId TURN = new TurnId("trn-1");
    private static final CheckpointId CHECKPOINT = new CheckpointId("cp-1");
    private static final OperationId OPERATION = new OperationId("op-1");
    private static final ChangeSelection PATHS =
            new ChangeSelection.Paths(List.of("src/Clock.java", "docs"));
    private static final String HASH = "8c2f0e6b1d9a4c7385fe0d21b64a97c35e1f8d02";
    private static final String DIGEST =
            "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private SampleEvents() {}

    static List<OrchestrationEvent> all() {
        return Stream.of(
                        projects(),
                        threads(),
                        turns(),
                        messages(),
                        approvals(),
                        checkpoints(),
                        commits(),
                        branches(),
                        queue(),
                        policies(),
                        log())
                .flatMap(List::stream)
                .toList();
    }

    static List<StandIn> standIns() {
        return List.of(new UnreadableEvent("Its payload is no JSON."), new AbsorbedEvent(17));
    }

    private static List<OrchestrationEvent> log() {
        return List.of(
                new UnknownEvent("SomethingNew", 3, "{\"a\" : 1.50}"),
                new LogLossAccepted(List.of(4_000_000_007L, 5_000_000_000L), "ada", AT),
                new WriterChanged("alpha", 5_000_000_001L, AT),
                new LogCompacted(1, 5_000_000_000L, DIGEST, AT),
                new TextErased(7, 5_000_000_000L, DIGEST, 2, "ada", AT));
    }

    private static List<OrchestrationEvent> queue() {
        return List.of(
                new PromptQueued(TURN, THREAD, SampleContents.all(), AT),
                new PromptQueued(TURN, THREAD, List.of(new Text("And then this.")), AT),
                new QueuedPromptEdited(TURN, List.of(new Text("Rather this.")), AT),
                new QueuedPromptMoved(TURN, 1),
                new QueuedPromptRemoved(TURN, AT),
                new QueueHeld(THREAD, HoldCause.TURN_FAILED, AT),
                new QueueHeld(THREAD, HoldCause.TURN_INTERRUPTED, AT),
                new QueueHeld(THREAD, HoldCause.RESTORED, AT));
    }

    private static List<OrchestrationEvent> policies() {
        var person = Actor.person("ada");
        return List.of(
                new ProjectPolicySet(PROJECT, SampleCommands.CAREFUL, person, AT),
                new ProjectPolicySet(PROJECT, ActionPolicy.NONE, person, AT),
                new ThreadPolicySet(THREAD, SampleCommands.CAREFUL, person, AT));
    }

    private static List<OrchestrationEvent> projects() {
        return List.of(
                new ProjectCreated(PROJECT, "Stele", "/work/stele", AT),
                new ProjectCreated(PROJECT, Samples.ODD_TEXT, "C:\\work\\späte ✓", AT),
                new ProjectCreated(PROJECT, "Stele", "/projects/stele", "alpha", AT),
                new ProjectDeleted(PROJECT, AT),
                new ProjectRenamed(PROJECT, "Stele, renamed"));
    }

    private static List<OrchestrationEvent> threads() {
        var actions = List.of(ACTION, new ActionId("act-2"));
        return List.of(
                new ThreadCreated(THREAD, PROJECT, "A green build", "claude", AT),
                new ThreadDeleted(THREAD, AT),
                new ThreadSelected(THREAD),
                new ThreadStatusChanged(THREAD, new ThreadStatus.Idle()),
                new ThreadStatusChanged(THREAD, new ThreadStatus.Running(TURN)),
                new ThreadStatusChanged(THREAD, new ThreadStatus.AwaitingApproval(TURN, actions)),
                new SessionUpdated(THREAD, "sess_9", "A green build", "plan", "commands", "[]"),
                new SessionUpdated(THREAD, null, null, null, null, null),
                new UsageUpdated(THREAD, TURN, FULL_USAGE),
                new UsageUpdated(THREAD, null, SOME_USAGE),
                new NoticeRecorded(THREAD, TURN, "x/unheard_of", "{\"a\" : 1.50}"),
                new NoticeRecorded(THREAD, null, "x/unheard_of", "null"));
    }

    private static List<OrchestrationEvent> turns() {
        return List.of(
                new TurnStarted(TURN, THREAD, SampleContents.all(), AT),
                new TurnStarted(TURN, THREAD, List.of(new Text("Go on.")), AT),
                new PlanUpdated(TURN, PLAN),
                new PlanUpdated(TURN, List.of()),
                new RetryReported(TURN, "The model is overloaded; trying again in 4 s."),
                new TurnCompleted(TURN, StopReason.END_TURN, null, null, FULL_USAGE, AT),
                new TurnCompleted(TURN, StopReason.UNKNOWN, "paused", "rejected", null, AT),
                new TurnFailed(TURN, RATE_LIMIT, AT),
                new TurnFailed(TURN, CRASH, AT),
                new TurnInterrupted(TURN, InterruptCause.REQUESTED, AT),
                new TurnInterrupted(TURN, InterruptCause.DELETED, AT),
                new TurnDrained(TURN, "cancelled", AT));
    }

    private static List<OrchestrationEvent> messages() {
        var whole =
                SampleContents.all().stream()
                        .<OrchestrationEvent>map(content -> message(content, "msg_1"));
        var others =
                Stream.of(
                        message(new Text("Hello"), null),
                        new MessageAppended(TURN, 1, Role.USER, new Text("Psst."), null, AT),
                        new MessageChunkReceived(TURN, 1, ", world"),
                        new MessageChunkReceived(TURN, Integer.MAX_VALUE, Samples.ODD_TEXT),
                        new ToolCallUpdated(TURN, 2, SampleContents.BASH),
                        new ToolCallUpdated(TURN, 2, SampleContents.BARE_CALL));
        return Stream.concat(whole, others).toList();
    }

    private static MessageAppended message(MessageContent content, @Nullable String messageId) {
        return new MessageAppended(TURN, 1, Role.ASSISTANT, content, messageId, AT);
    }

    private static List<OrchestrationEvent> approvals() {
        var person = Actor.person("ada");
        var policy = Actor.policy("no network");
        return List.of(
                new ApprovalRequested(TURN, ACTION, "tc_123", "Run the tests?", OPTIONS, AT),
                new ApprovalRequested(TURN, ACTION, null, "Go on?", List.of(), AT),
                new ActionApproved(TURN, ACTION, "allow", person, AT),
                new ActionRejected(TURN, ACTION, "reject", "Not on main.", person, AT),
                new ActionRejected(TURN, ACTION, null, null, policy, AT),
                new ApprovalExpired(TURN, ACTION, ExpiryCause.INTERRUPTED, AT),
                new ApprovalExpired(TURN, ACTION, ExpiryCause.WITHDRAWN, AT),
                new ApprovalExpired(TURN, ACTION, ExpiryCause.AGENT_GONE, AT));
    }

    private static List<OrchestrationEvent> checkpoints() {
        return List.of(
                new CheckpointCreated(CHECKPOINT, THREAD, TURN, "before the turn", AT),
                new CheckpointCreated(CHECKPOINT, THREAD, null, "by hand", AT),
                new CheckpointGitRefAssigned(
                        CHECKPOINT, "refs/stele/checkpoints/thr-1/cp-1", SampleCommands.STATS, AT),
                new CheckpointGitRefAssigned(
                        CHECKPOINT,
                        "refs/stele/checkpoints/thr-1/cp-1",
                        SampleCommands.WITH_LIMITS,
                        AT),
                new CheckpointFailed(CHECKPOINT, "The disk is full.", AT),
                new CheckpointRestoreRequested(
                        OPERATION,
                        CHECKPOINT,
                        CheckpointId.safety(OPERATION),
                        RestoreScope.BOTH,
                        AT),
                new CheckpointRestoreRequested(
                        OPERATION,
                        CHECKPOINT,
                        CheckpointId.safety(OPERATION),
                        RestoreScope.FILES,
                        new ChangeSelection.Own(),
                        AT),
                new CheckpointsThinned(
                        OPERATION,
                        PROJECT,
                        List.of(CHECKPOINT, CheckpointId.safety(OPERATION)),
                        ThinningPolicy.USUAL,
                        AT),
                new CheckpointRestored(OPERATION, SampleCommands.RESTORED, AT),
                new CheckpointRestored(OPERATION, SampleCommands.MERGED, AT),
                new CheckpointRestoreFailed(OPERATION, "A file is in use.", AT));
    }

    private static List<OrchestrationEvent> commits() {
        return List.of(
                new CommitRequested(OPERATION, THREAD, "Mend the clock\n\nIt was wrong.\n", AT),
                new CommitRequested(OPERATION, THREAD, "Mend", new ChangeSelection.Own(), AT),
                new CommitRequested(OPERATION, THREAD, "Mend", new ChangeSelection.All(), AT),
                new CommitRequested(OPERATION, THREAD, "Mend", PATHS, AT),
                new ChangesCommitted(OPERATION, HASH, AT),
                new ChangesCommitted(OPERATION, HASH, SampleCommands.RESTORED.left(), AT),
                new CommitFailed(OPERATION, "There is nothing to commit.", AT),
                new CleanupCompleted(OPERATION, AT),
                new CleanupFailed(OPERATION, "It was given up.", AT));
    }

    private static List<OrchestrationEvent> branches() {
        return List.of(
                new BranchRequested(OPERATION, PROJECT, "topic/clock", "origin/main", AT),
                new BranchRequested(OPERATION, PROJECT, "topic/clock", null, AT),
                new BranchCreated(OPERATION, HASH, AT),
                new BranchCreationFailed(OPERATION, "The branch exists already.", AT),
                new PushRequested(OPERATION, PROJECT, "topic/clock", "origin", HASH, AT),
                new PushRequested(OPERATION, PROJECT, "topic/clock", "origin", null, AT),
                new BranchPushed(OPERATION, HASH, AT),
                new PushFailed(OPERATION, "The remote refused it.", AT));
    }
}
