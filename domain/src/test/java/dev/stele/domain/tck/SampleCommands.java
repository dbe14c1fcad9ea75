package dev.stele.domain.tck;

import static dev.stele.domain.tck.SampleProviderEvents.ACTION;
import static dev.stele.domain.tck.Samples.AT;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent.Text;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.*;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.*;
import dev.stele.domain.command.OrchestrationCommand.QueueCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.command.OrchestrationCommand.WorktreeCommand.*;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ActionPolicy.Rule;
import dev.stele.domain.model.ActionPolicy.Verdict;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.GitHead;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.TouchedPath;
import java.util.List;
import java.util.stream.Stream;

/** Commands of every kind. */
final class SampleCommands {

    static final CheckpointStats STATS =
            new CheckpointStats(
                    10_240,
                    5_000_000_000L,
                    List.of(new LeftPath("data/huge.bin", "larger than the limit")));

    static final CheckpointStats WITH_LIMITS =
            new CheckpointStats(
                    1,
                    2,
                    List.of(),
                    new CheckpointStats.Limits(104_857_600, 1_000_000, 1L << 36),
                    new GitHead("refs/heads/main", "8c2f0e6b1d9a4c7385fe0d21b64a97c35e1f8d02"));

    /** In a repository without a commit, whose branch nobody knows. */
    static final CheckpointStats OF_THE_UNBORN =
            new CheckpointStats(
                    1,
                    2,
                    List.of(),
                    new CheckpointStats.Limits(104_857_600, 1_000_000, 1L << 36),
                    new GitHead(null, null));

    static final RestoreSummary RESTORED =
            new RestoreSummary(3, 1, List.of(new LeftPath("target/app.jar", "ignored by git")));

    static final RestoreSummary MERGED =
            new RestoreSummary(2, 0, List.of(), List.of("src/Clock.java"));

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
    private static final Actor PERSON = Actor.person("ada");
    private static final Actor POLICY = Actor.policy("reads are fine");

    static final ActionPolicy CAREFUL =
            new ActionPolicy(
                    List.of(
                            new Rule(Verdict.DENY, List.of(), "secrets/**"),
                            new Rule(
                                    Verdict.ALLOW_FOR_THREAD,
                                    List.of(ToolKind.READ, ToolKind.SEARCH),
                                    null),
                            new Rule(Verdict.ALLOW_ONCE, List.of(ToolKind.EDIT), "src/**"),
                            new Rule(Verdict.ASK, List.of(ToolKind.SWITCH_MODE), null)),
                    true,
                    true);

    private SampleCommands() {}

    static List<OrchestrationCommand> all() {
        return Stream.of(
                        peoples(),
                        approvals(),
                        ingested(),
                        git(),
                        reports(),
                        worktrees(),
                        queue(),
                        policies(),
                        log())
                .flatMap(List::stream)
                .toList();
    }

    private static List<OrchestrationCommand> peoples() {
        return List.of(
                new CreateProject(PROJECT, "Stele", "/work/stele", AT),
                new CreateProject(PROJECT, Samples.ODD_TEXT, "C:\\work\\späte ✓", AT),
                new CreateProject(PROJECT, "Stele", "/projects/stele", "alpha", AT),
                new DeleteProject(PROJECT, AT),
                new RenameProject(PROJECT, "Stele, renamed"),
                new CreateThread(THREAD, PROJECT, "A green build", "claude", AT),
                new DeleteThread(THREAD, AT),
                new SelectThread(THREAD),
                new StartTurn(TURN, THREAD, SampleContents.all(), AT),
                new StartTurn(TURN, THREAD, List.of(new Text("Go on.")), AT),
                new StartTurn(TURN, THREAD, List.of(), AT),
                new InterruptTurn(THREAD, AT));
    }

    private static List<OrchestrationCommand> approvals() {
        return List.of(
                new ApprovePendingAction(THREAD, ACTION, "allow", PERSON, AT),
                new ApprovePendingAction(THREAD, ACTION, null, POLICY, AT),
                new RejectPendingAction(THREAD, ACTION, "reject", "Not on main.", PERSON, AT),
                new RejectPendingAction(THREAD, ACTION, null, null, POLICY, AT));
    }

    private static List<OrchestrationCommand> ingested() {
        return SampleProviderEvents.all().stream()
                .<OrchestrationCommand>mapMulti((event, out) -> {
                    out.accept(new IngestProviderEvent(THREAD, TURN, 41, event, AT));
                    out.accept(new IngestProviderEvent(THREAD, null, 0, event, AT));
                })
                .toList();
    }

    private static List<OrchestrationCommand> git() {
        return List.of(
                new CreateCheckpoint(CHECKPOINT, THREAD, TURN, "before the turn", AT),
                new CreateCheckpoint(CHECKPOINT, THREAD, null, "by hand", AT),
                new RestoreCheckpoint(OPERATION, CHECKPOINT, RestoreScope.FILES, AT),
                new RestoreCheckpoint(OPERATION, CHECKPOINT, RestoreScope.CONVERSATION, AT),
                new RestoreCheckpoint(OPERATION, CHECKPOINT, RestoreScope.BOTH, AT),
                new RestoreCheckpoint(
                        OPERATION, CHECKPOINT, RestoreScope.FILES, new ChangeSelection.Own(), AT),
                new RestoreCheckpoint(OPERATION, CHECKPOINT, RestoreScope.FILES, PATHS, AT),
                new CommitChanges(OPERATION, THREAD, "Mend the clock\n\nIt was wrong.\n", AT),
                new CommitChanges(OPERATION, THREAD, "Mend", new ChangeSelection.Own(), AT),
                new CommitChanges(OPERATION, THREAD, "Mend", new ChangeSelection.All(), AT),
                new CommitChanges(OPERATION, THREAD, "Mend", PATHS, AT),
                new CreateBranch(OPERATION, PROJECT, "topic/clock", "origin/main", AT),
                new CreateBranch(OPERATION, PROJECT, "topic/clock", null, AT),
                new PushBranch(OPERATION, PROJECT, "topic/clock", "origin", HASH, AT),
                new PushBranch(OPERATION, PROJECT, "topic/clock", "origin", null, AT),
                new ThinCheckpoints(OPERATION, PROJECT, new ThinningPolicy(7, 90), AT),
                new AbandonOperation(OPERATION, AT));
    }

    private static List<OrchestrationCommand> worktrees() {
        var worktree = new ProjectId("prj-9");
        return List.of(
                new AddWorktree(
                        OPERATION,
                        worktree,
                        PROJECT,
                        "clock",
                        "/home/ada/worktrees/stele/clock/core",
                        "/home/ada/worktrees/stele/clock",
                        "stele/clock",
                        "origin/main",
                        AT),
                new AddWorktree(
                        OPERATION, worktree, PROJECT, "clock", "/w", "/w", "clock", null, AT),
                new RemoveWorktree(OPERATION, worktree, THREAD, AT),
                new RemoveWorktree(OPERATION, worktree, null, AT),
                new MergeWorktree(OPERATION, worktree, AT),
                new RecordWorktree(OPERATION, HASH, AT),
                new FailWorktree(OPERATION, "Two changed one line.", List.of("src/a b", "c"), AT),
                new FailWorktree(OPERATION, "Git is not installed.", null, AT));
    }

    private static List<OrchestrationCommand> queue() {
        return List.of(
                new QueuePrompt(TURN, THREAD, SampleContents.all(), AT),
                new QueuePrompt(TURN, THREAD, List.of(new Text("And then this.")), AT),
                new EditQueuedPrompt(THREAD, TURN, List.of(new Text("Rather this.")), AT),
                new MoveQueuedPrompt(THREAD, TURN, 1),
                new RemoveQueuedPrompt(THREAD, TURN, AT),
                new SendQueuedPrompt(THREAD, TURN, AT),
                new StartQueuedPrompt(THREAD, TURN, AT));
    }

    private static List<OrchestrationCommand> policies() {
        var outside = new TouchedPath("/etc/hosts", false);
        return List.of(
                new SetProjectPolicy(PROJECT, CAREFUL, PERSON, AT),
                new SetProjectPolicy(PROJECT, ActionPolicy.NONE, PERSON, AT),
                new SetThreadPolicy(THREAD, CAREFUL, PERSON, AT),
                new JudgeAction(
                        THREAD, ACTION, List.of(new TouchedPath("src/Clock.java", true)), AT),
                new JudgeAction(THREAD, ACTION, List.of(outside), AT),
                new JudgeAction(THREAD, ACTION, List.of(), AT));
    }

    private static List<OrchestrationCommand> log() {
        return List.of(
                new AcceptLogLoss(List.of(7L, 5_000_000_000L), "ada", AT),
                new ChangeWriter("alpha", 5_000_000_001L, AT),
                new CompactLog(1, 5_000_000_000L, DIGEST, AT),
                new EraseText(7, 5_000_000_000L, DIGEST, 2, "ada", AT));
    }

    private static List<OrchestrationCommand> reports() {
        return List.of(
                new AssignCheckpointGitRef(
                        CHECKPOINT, "refs/stele/checkpoints/thr-1/cp-1", STATS, AT),
                new AssignCheckpointGitRef(
                        CHECKPOINT, "refs/stele/checkpoints/thr-1/cp-1", WITH_LIMITS, AT),
                new AssignCheckpointGitRef(
                        CHECKPOINT, "refs/stele/checkpoints/thr-1/cp-1", OF_THE_UNBORN, AT),
                new FailCheckpoint(CHECKPOINT, "The disk is full.", AT),
                new CompleteRestore(OPERATION, RESTORED, AT),
                new CompleteRestore(OPERATION, MERGED, AT),
                new FailRestore(OPERATION, "A file is in use.", AT),
                new RecordCommit(OPERATION, HASH, AT),
                new RecordCommit(OPERATION, HASH, RESTORED.left(), AT),
                new FailCommit(OPERATION, "There is nothing to commit.", AT),
                new RecordBranch(OPERATION, HASH, AT),
                new FailBranch(OPERATION, "The branch exists already.", AT),
                new RecordPush(OPERATION, HASH, AT),
                new FailPush(OPERATION, "The remote refused it.", AT),
                new CompleteCleanup(OPERATION, AT));
    }
}
