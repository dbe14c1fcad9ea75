package dev.stele.domain.decide;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.*;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.*;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.TouchedPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Who and what most tests are about, and how they speak to it. */
public final class Scene {

    public static final Instant AT = Instant.parse("2026-03-01T10:00:00.123Z");
    public static final Instant MUCH_LATER = AT.plus(Duration.ofDays(400));
    public static final String PATH = "/work/stele";
    public static final ProjectId PROJECT = new ProjectId("p1");
    public static final ThreadId THREAD = new ThreadId("t1");
    public static final ThreadId SECOND_THREAD = new ThreadId("t2");
    public static final TurnId TURN = new TurnId("u1");
    public static final TurnId SECOND_TURN = new TurnId("u2");
    public static final TurnId THIRD_TURN = new TurnId("u3");
    public static final ActionId ACTION = new ActionId("a1");
    public static final ActionId SECOND_ACTION = new ActionId("a2");
    public static final CheckpointId CHECKPOINT = new CheckpointId("c1");
    public static final OperationId OPERATION = new OperationId("o1");
    public static final String CALL = "tc_123";
    public static final String REF = "refs/stele/checkpoints/t1/c1";
    public static final String HASH = "0123456789abcdef0123456789abcdef01234567";
    public static final String DIGEST =
            "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    public static final Actor ADA = Actor.person("Ada");
    public static final CheckpointStats STATS = new CheckpointStats(2, 34, List.of());
    public static final RestoreSummary SUMMARY = new RestoreSummary(1, 2, List.of());
    public static final List<MessageContent> PROMPT =
            List.of(new MessageContent.Text("Mend the test."));
    public static final PermissionOption ALLOW_ALWAYS =
            new PermissionOption("always", "Always", Kind.ALLOW_ALWAYS);
    public static final PermissionOption ALLOW =
            new PermissionOption("yes", "Yes", Kind.ALLOW_ONCE);
    public static final PermissionOption REJECT =
            new PermissionOption("no", "No", Kind.REJECT_ONCE);
    public static final List<PermissionOption> OPTIONS = List.of(ALLOW_ALWAYS, ALLOW, REJECT);
    public static final ProviderError CRASH =
            ProviderError.of(
                    ProviderError.Scope.PROCESS, ProviderError.Kind.CRASH, "The agent ended.");

    private Scene() {}

    /** A project with an idle thread. */
    public static Spec idle() {
        return Spec.givenCommands(createProject(), createThread(THREAD));
    }

    /** A project with a thread whose first turn is open. */
    public static Spec running() {
        return idle().and(start(TURN));
    }

    /** The same, with a tool call at work that waits for an approval. */
    public static Spec awaiting() {
        return running().and(says(calls(CALL)), says(asks(ACTION, CALL)));
    }

    /** The first turn, interrupted; its agent may still speak. */
    public static Spec draining() {
        return running().and(interrupt());
    }

    /** A first turn that is over and whose two checkpoints are ready. */
    public static Spec afterATurn() {
        return afterTurns(TURN);
    }

    /** Several turns that are over, each with its two ready checkpoints. */
    public static Spec afterTurns(TurnId... turns) {
        Spec spec = idle();
        for (TurnId turn : turns) {
            spec = spec.and(start(turn), before(turn), assign(CheckpointId.before(turn)));
            spec = spec.and(says(turn, done()), after(turn), assign(CheckpointId.after(turn)));
        }
        return spec;
    }

    /** Three turns that are over; of their checkpoints three go after a year. */
    public static Spec afterThreeTurns() {
        return afterTurns(TURN, SECOND_TURN, THIRD_TURN);
    }

    public static CreateProject createProject() {
        return new CreateProject(PROJECT, "Stele", PATH, AT);
    }

    public static CreateProject createProject(String id, String path) {
        return new CreateProject(new ProjectId(id), "Another", path, AT);
    }

    public static CreateThread createThread(ThreadId id) {
        return new CreateThread(id, PROJECT, "Mending", "scripted", AT);
    }

    public static CreateThread createThread(String id, String project) {
        return new CreateThread(
                new ThreadId(id), new ProjectId(project), "Mending", "scripted", AT);
    }

    public static StartTurn start(TurnId id) {
        return start(id, THREAD);
    }

    public static StartTurn start(TurnId id, ThreadId thread) {
        return new StartTurn(id, thread, PROMPT, AT);
    }

    public static QueuePrompt queue(TurnId id) {
        return new QueuePrompt(id, THREAD, PROMPT, AT);
    }

    public static SendQueuedPrompt sendNow(TurnId id) {
        return new SendQueuedPrompt(THREAD, id, AT);
    }

    public static StartQueuedPrompt startQueued(TurnId id) {
        return new StartQueuedPrompt(THREAD, id, AT);
    }

    public static SetThreadPolicy policy(ActionPolicy policy) {
        return new SetThreadPolicy(THREAD, policy, ADA, AT);
    }

    public static JudgeAction judge(ActionId action, TouchedPath... paths) {
        return new JudgeAction(THREAD, action, List.of(paths), AT);
    }

    public static InterruptTurn interrupt() {
        return new InterruptTurn(THREAD, AT);
    }

    public static DeleteThread deleteThread() {
        return new DeleteThread(THREAD, AT);
    }

    public static DeleteProject deleteProject() {
        return new DeleteProject(PROJECT, AT);
    }

    /** The agent of the first turn says something. */
    public static IngestProviderEvent says(ProviderEvent event) {
        return says(TURN, event);
    }

    public static IngestProviderEvent says(@Nullable TurnId turn, ProviderEvent event) {
        return new IngestProviderEvent(THREAD, turn, 1, event, AT);
    }

    public static TextDelta text(String text) {
        return new TextDelta(text, null);
    }

    public static ToolCall calls(String id) {
        return new ToolCall(MessageContent.ToolCall.of(id, "bash", "{\"cmd\":\"ls\"}"));
    }

    public static ToolResult returns(String id) {
        return new ToolResult(MessageContent.ToolResult.of(id, "ok", ToolOutcome.SUCCEEDED));
    }

    public static AwaitingApproval asks(ActionId action, @Nullable String call) {
        return new AwaitingApproval(action, call, "Run ls", OPTIONS);
    }

    public static TurnComplete done() {
        return ends(StopReason.END_TURN);
    }

    public static TurnComplete ends(StopReason reason) {
        return new TurnComplete(reason, null, null, null);
    }

    public static ApprovePendingAction approve(ActionId action, @Nullable String option) {
        return new ApprovePendingAction(THREAD, action, option, ADA, AT);
    }

    public static RejectPendingAction reject(ActionId action, @Nullable String option) {
        return new RejectPendingAction(THREAD, action, option, "too risky", ADA, AT);
    }

    public static CreateCheckpoint checkpoint(CheckpointId id, @Nullable TurnId turn) {
        return new CreateCheckpoint(id, THREAD, turn, "by hand", AT);
    }

    public static CreateCheckpoint before(TurnId turn) {
        return new CreateCheckpoint(CheckpointId.before(turn), THREAD, turn, "before the turn", AT);
    }

    public static CreateCheckpoint after(TurnId turn) {
        return new CreateCheckpoint(CheckpointId.after(turn), THREAD, turn, "after the turn", AT);
    }

    public static AssignCheckpointGitRef assign(CheckpointId id) {
        return new AssignCheckpointGitRef(id, "refs/stele/checkpoints/t1/" + id, STATS, AT);
    }

    public static ThinCheckpoints thin(OperationId id) {
        return new ThinCheckpoints(id, PROJECT, ThinningPolicy.USUAL, MUCH_LATER);
    }

    public static RestoreCheckpoint restore(
            String restore, CheckpointId checkpoint, RestoreScope scope) {
        return new RestoreCheckpoint(new OperationId(restore), checkpoint, scope, AT);
    }

    public static CompleteRestore restored(String restore) {
        return new CompleteRestore(new OperationId(restore), SUMMARY, AT);
    }

    public static CommitChanges commit(OperationId id) {
        return new CommitChanges(id, THREAD, "Mend the test", AT);
    }

    public static CreateBranch branch(OperationId id) {
        return new CreateBranch(id, PROJECT, "feature/x", null, AT);
    }

    public static PushBranch push(OperationId id) {
        return new PushBranch(id, PROJECT, "feature/x", "origin", null, AT);
    }

    /** A log whose first fact cannot be read. */
    public static Spec unreadable() {
        return Spec.given(new UnreadableEvent("Its payload is no JSON."));
    }

    public static AcceptLogLoss acceptLoss(long... sequences) {
        return new AcceptLogLoss(LongStream.of(sequences).boxed().toList(), "ada", AT);
    }
}
