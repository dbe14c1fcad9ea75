package dev.stele.domain.tck;

import static dev.stele.domain.tck.SampleProviderEvents.ACTION;
import static dev.stele.domain.tck.Samples.AT;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.Identifier;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.Role;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.*;
import dev.stele.domain.event.OrchestrationEvent.CheckpointEvent.*;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.event.OrchestrationEvent.QueueEvent.*;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.*;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ExpiryCause;
import dev.stele.domain.model.HoldCause;
import dev.stele.domain.model.InterruptCause;
import dev.stele.domain.model.Operation.Cleanup.Subject;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.ThreadStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whole logs as the decider would write them: a day of work, its odd turns, and its end. */
final class SampleHistories {

    private static final ProjectId PROJECT = new ProjectId("prj-1");
    private static final ProjectId SIDE_PROJECT = new ProjectId("prj-2");
    private static final ThreadId THREAD = new ThreadId("thr-1");
    private static final ThreadId SIDE_THREAD = new ThreadId("thr-2");
    private static final String HASH = "8c2f0e6b1d9a4c7385fe0d21b64a97c35e1f8d02";
    private static final Actor ADA = Actor.person("ada");

    private SampleHistories() {}

    static List<List<OrchestrationEvent>> all() {
        return List.of(
                workday(),
                joined(workday(), trouble()),
                joined(workday(), trouble(), deletion()),
                joined(setUp(), queueing(), deletion()));
    }

    /** Two projects, a turn with everything that an agent does, a commit, a branch, a push. */
    private static List<OrchestrationEvent> workday() {
        return joined(setUp(), started("trn-1"), turnWithTools(), settled("trn-1"), gitWork());
    }

    private static List<OrchestrationEvent> setUp() {
        return List.of(
                new ProjectCreated(PROJECT, "Stele", "/work/stele", AT),
                new ProjectCreated(SIDE_PROJECT, Samples.ODD_TEXT, "/work/side", at(1)),
                new ProjectRenamed(SIDE_PROJECT, "Aside"),
                new ThreadCreated(THREAD, PROJECT, "A green build", "claude", at(2)),
                new ThreadCreated(SIDE_THREAD, SIDE_PROJECT, "Aside", "gemini --acp", at(3)),
                new ThreadSelected(THREAD),
                new SessionUpdated(THREAD, "sess_9", "A green build", "plan", "commands", "[1]"),
                new UsageUpdated(THREAD, null, SampleProviderEvents.SOME_USAGE),
                new NoticeRecorded(THREAD, null, "x/unheard_of", "{}"));
    }

    private static List<OrchestrationEvent> started(String turn) {
        TurnId turnId = new TurnId(turn);
        return joined(
                List.of(
                        new TurnStarted(turnId, THREAD, SampleContents.all(), at(10)),
                        new ThreadStatusChanged(THREAD, new ThreadStatus.Running(turnId))),
                checkpoint(CheckpointId.before(turnId), turnId, "before the turn"));
    }

    private static List<OrchestrationEvent> settled(String turn) {
        TurnId turnId = new TurnId(turn);
        return checkpoint(CheckpointId.after(turnId), turnId, "after the turn");
    }

    private static List<OrchestrationEvent> checkpoint(
            CheckpointId id, TurnId turnId, String description) {
        return List.of(
                new CheckpointCreated(id, THREAD, turnId, description, at(11)),
                new CheckpointGitRefAssigned(
                        id, "refs/stele/checkpoints/thr-1/" + id, SampleCommands.STATS, at(12)));
    }

    private static List<OrchestrationEvent> turnWithTools() {
        TurnId turn = new TurnId("trn-1");
        var second = new ActionId("act-2");
        return List.of(
                said(turn, 1, new ThinkingBlock("Let me ")),
                new MessageChunkReceived(turn, 1, "see."),
                said(turn, 2, new Text("I run ")),
                new MessageChunkReceived(turn, 2, Samples.ODD_TEXT),
                new PlanUpdated(turn, SampleProviderEvents.PLAN),
                said(turn, 3, ToolCall.of("tc_123", "bash", "{}")),
                new ToolCallUpdated(turn, 3, SampleContents.BASH),
                new ApprovalRequested(
                        turn, ACTION, "tc_123", "Run?", SampleProviderEvents.OPTIONS, at(20)),
                awaiting(turn, ACTION),
                new ApprovalRequested(
                        turn, second, null, "And?", SampleProviderEvents.OPTIONS, at(21)),
                awaiting(turn, ACTION, second),
                new ActionApproved(turn, ACTION, "allow", ADA, at(22)),
                new ActionRejected(turn, second, "reject", "No.", Actor.policy("none"), at(23)),
                new ThreadStatusChanged(THREAD, new ThreadStatus.Running(turn)),
                said(turn, 4, SampleContents.BASH_RESULT),
                said(turn, 5, SampleContents.STRAY_RESULT),
                new RetryReported(turn, "Once more."),
                new UsageUpdated(THREAD, turn, SampleProviderEvents.FULL_USAGE),
                new TurnCompleted(
                        turn,
                        StopReason.END_TURN,
                        null,
                        null,
                        SampleProviderEvents.FULL_USAGE,
                        at(30)),
                idle());
    }

    private static List<OrchestrationEvent> gitWork() {
        var commit = new OperationId("commit-1");
        var empty = new OperationId("commit-2");
        var branch = new OperationId("branch-1");
        var push = new OperationId("push-1");
        return List.of(
                new CommitRequested(commit, THREAD, "Mend the clock", at(40)),
                new ChangesCommitted(commit, HASH, at(41)),
                new CommitRequested(empty, THREAD, "Nothing", at(42)),
                new CommitFailed(empty, "There is nothing to commit.", at(43)),
                new BranchRequested(branch, PROJECT, "topic/clock", "origin/main", at(44)),
                new BranchCreated(branch, HASH, at(45)),
                new PushRequested(push, PROJECT, "topic/clock", "origin", HASH, at(46)),
                new PushFailed(push, "The remote refused it.", at(47)),
                new BranchRequested(new OperationId("branch-2"), PROJECT, "open", null, at(48)));
    }

    /** An interrupt that drains, a failure, and a restore of both files and conversation. */
    private static List<OrchestrationEvent> trouble() {
        return joined(
                started("trn-2"),
                interrupted(),
                settled("trn-2"),
                started("trn-3"),
                failed(),
                settled("trn-3"),
                restored());
    }

    private static List<OrchestrationEvent> interrupted() {
        TurnId turn = new TurnId("trn-2");
        var action = new ActionId("act-3");
        return List.of(
                said(turn, 1, ToolCall.of("tc_open", "edit", null)),
                new ApprovalRequested(turn, action, "tc_open", "Edit?", List.of(), at(50)),
                awaiting(turn, action),
                new ApprovalExpired(turn, action, ExpiryCause.INTERRUPTED, at(51)),
                new TurnInterrupted(turn, InterruptCause.REQUESTED, at(51)),
                idle(),
                said(turn, 2, new Text("I was just")),
                said(turn, 3, ToolResult.of("tc_open", null, ToolOutcome.CANCELLED)),
                new TurnDrained(turn, "cancelled", at(52)));
    }

    private static List<OrchestrationEvent> failed() {
        TurnId turn = new TurnId("trn-3");
        return List.of(
                new MessageAppended(
                        turn, 1, Role.ASSISTANT, SampleContents.SCREENSHOT, null, at(60)),
                new TurnFailed(turn, SampleProviderEvents.RATE_LIMIT, at(61)),
                idle());
    }

    private static List<OrchestrationEvent> restored() {
        var restore = new OperationId("restore-1");
        var broken = new OperationId("restore-2");
        return joined(
                restoreRequested(restore, RestoreScope.BOTH),
                List.of(
                        new CheckpointGitRefAssigned(
                                CheckpointId.safety(restore),
                                "refs/stele/checkpoints/thr-1/restore-1-safety",
                                SampleCommands.STATS,
                                at(71)),
                        new CheckpointRestored(restore, SampleCommands.RESTORED, at(72))),
                restoreRequested(broken, RestoreScope.FILES),
                List.of(
                        new CheckpointFailed(
                                CheckpointId.safety(broken), "The disk is full.", at(73)),
                        new CheckpointRestoreFailed(broken, "There is no way back.", at(74))));
    }

    private static List<OrchestrationEvent> restoreRequested(
            OperationId restore, RestoreScope scope) {
        CheckpointId safety = CheckpointId.safety(restore);
        CheckpointId target = CheckpointId.after(new TurnId("trn-1"));
        return List.of(
                new CheckpointCreated(safety, THREAD, null, "before a restore", at(70)),
                new CheckpointRestoreRequested(restore, target, safety, scope, at(70)));
    }

    /** Prompts that wait, some of which never become a turn; and policies that are set. */
    private static List<OrchestrationEvent> queueing() {
        var first = new TurnId("trn-5");
        var second = new TurnId("trn-6");
        var third = new TurnId("trn-7");
        return joined(
                List.of(
                        new ProjectPolicySet(PROJECT, SampleCommands.CAREFUL, ADA, at(4)),
                        new ThreadPolicySet(THREAD, SampleCommands.CAREFUL, ADA, at(5)),
                        new PromptQueued(first, THREAD, SampleContents.all(), at(6)),
                        new PromptQueued(second, THREAD, List.of(new Text("Then.")), at(7)),
                        new PromptQueued(third, THREAD, List.of(new Text("Last.")), at(8)),
                        new QueuedPromptEdited(third, List.of(new Text("At last.")), at(9)),
                        new QueuedPromptMoved(third, 2)),
                started("trn-5"),
                List.of(
                        new TurnFailed(first, SampleProviderEvents.RATE_LIMIT, at(20)),
                        idle(),
                        new QueueHeld(THREAD, HoldCause.TURN_FAILED, at(20)),
                        new QueuedPromptRemoved(second, at(21))));
    }

    /** A project goes while its thread is at work; a clean-up fails; another thread goes too. */
    private static List<OrchestrationEvent> deletion() {
        TurnId turn = new TurnId("trn-4");
        return joined(
                started("trn-4"),
                List.of(
                        said(turn, 1, new Text("I begin")),
                        new TurnInterrupted(turn, InterruptCause.DELETED, at(80)),
                        idle(),
                        new ProjectDeleted(PROJECT, at(80)),
                        new CleanupCompleted(cleanup(THREAD, Subject.AGENT), at(81)),
                        new CleanupFailed(cleanup(THREAD, Subject.REFS), "Given up.", at(82)),
                        new ThreadDeleted(SIDE_THREAD, at(83)),
                        new CleanupCompleted(cleanup(SIDE_THREAD, Subject.AGENT), at(84))));
    }

    private static OperationId cleanup(ThreadId thread, Subject subject) {
        return new OperationId(Identifier.derived(thread.value(), subject.suffix()));
    }

    private static OrchestrationEvent said(TurnId turn, int ordinal, MessageContent content) {
        return new MessageAppended(
                turn, ordinal, Role.ASSISTANT, content, "msg_" + ordinal, at(15));
    }

    private static OrchestrationEvent awaiting(TurnId turn, ActionId... actions) {
        return new ThreadStatusChanged(
                THREAD, new ThreadStatus.AwaitingApproval(turn, List.of(actions)));
    }

    private static OrchestrationEvent idle() {
        return new ThreadStatusChanged(THREAD, new ThreadStatus.Idle());
    }

    private static Instant at(long seconds) {
        return AT.plusSeconds(seconds);
    }

    @SafeVarargs
    private static List<OrchestrationEvent> joined(List<OrchestrationEvent>... parts) {
        var all = new ArrayList<OrchestrationEvent>();
        for (List<OrchestrationEvent> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
