package dev.stele.app.support;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.*;
import dev.stele.domain.command.OrchestrationCommand.Report.*;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Commands by chance, from a world so small that many of them mean something: most are accepted at
 * some time and refused at another.
 */
public final class RandomCommands {
    private static final Instant AT = Commands.AT;
    private static final int THINGS = 3;

    private final Random random;
    private final Map<TurnId, Long> spoken = new HashMap<>();
    private int turns = 1;

    /**
     * A source of commands.
     *
     * @param random where chance comes from
     */
    public RandomCommands(Random random) {
        this.random = random;
    }

    /** A command of a person. */
    public OrchestrationCommand command() {
        return switch (random.nextInt(16)) {
            case 0, 1 -> new CreateProject(project(), "P", "/projects/" + number(), AT);
            case 2, 3 -> new CreateThread(thread(), project(), "T", "scripted", AT);
            case 4, 5, 6 -> new StartTurn(nextTurn(), thread(), prompt(), AT);
            case 7 -> new InterruptTurn(thread(), AT);
            case 8 -> new RenameProject(project(), random.nextBoolean() ? "Other" : " ");
            case 9 -> new SelectThread(thread());
            case 10 -> new ApprovePendingAction(thread(), action(), null, Actor.person("a"), AT);
            case 11 ->
                    new RejectPendingAction(thread(), action(), null, "no", Actor.person("a"), AT);
            case 12 -> new RestoreCheckpoint(operation(), checkpoint(), scope(), AT);
            case 13 -> new CommitChanges(operation(), thread(), "Message", AT);
            case 14 -> new CreateBranch(operation(), project(), "topic", null, AT);
            default ->
                    random.nextInt(4) == 0
                            ? new DeleteThread(thread(), AT)
                            : new AbandonOperation(operation(), AT);
        };
    }

    /** A report of a reactor. */
    public OrchestrationCommand report() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new CreateCheckpoint(checkpoint(), thread(), null, "by chance", AT);
            case 2 -> new AssignCheckpointGitRef(checkpoint(), "refs/x", stats(), AT);
            case 3 -> new FailCheckpoint(checkpoint(), "by chance", AT);
            case 4 -> new CompleteRestore(operation(), restored(), AT);
            case 5 -> new RecordCommit(operation(), "0123", AT);
            default -> speech();
        };
    }

    private IngestProviderEvent speech() {
        var turn = new TurnId("turn-" + random.nextInt(Math.max(1, turns - THINGS), turns + 1));
        long last = spoken.getOrDefault(turn, 0L);
        boolean repeat = last > 0 && random.nextInt(4) == 0;
        long sequence = repeat ? random.nextLong(1, last + 1) : last + 1;
        spoken.put(turn, Math.max(last, sequence));
        return new IngestProviderEvent(thread(), turn, sequence, event(), AT);
    }

    private ProviderEvent event() {
        return switch (random.nextInt(9)) {
            case 0 -> new ProviderEvent.ToolCall(ToolCall.of("tc-" + number(), "bash", "{}"));
            case 1 ->
                    new ProviderEvent.ToolResult(
                            ToolResult.of("tc-" + number(), "ok", ToolOutcome.SUCCEEDED));
            case 2 ->
                    new ProviderEvent.AwaitingApproval(
                            action(),
                            null,
                            "May I?",
                            List.of(
                                    new PermissionOption(
                                            "yes", "Yes", PermissionOption.Kind.ALLOW_ONCE)));
            case 3 -> new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null);
            case 4 ->
                    new ProviderEvent.Error(
                            ProviderError.of(
                                    ProviderError.Scope.TURN, ProviderError.Kind.SERVER, "down"));
            case 5 -> new ProviderEvent.Notice("x", "{}");
            default -> new ProviderEvent.TextDelta("word ", null);
        };
    }

    private TurnId nextTurn() {
        return new TurnId("turn-" + (random.nextInt(4) == 0 ? turns : ++turns));
    }

    private List<MessageContent> prompt() {
        return List.of(new MessageContent.Text(random.nextInt(8) == 0 ? "" : "Go."));
    }

    private int number() {
        return random.nextInt(THINGS);
    }

    private ProjectId project() {
        return new ProjectId("project-" + number());
    }

    private ThreadId thread() {
        return new ThreadId("thread-" + number());
    }

    private ActionId action() {
        return new ActionId("action-" + number());
    }

    private CheckpointId checkpoint() {
        return random.nextBoolean()
                ? new CheckpointId("checkpoint-" + number())
                : CheckpointId.before(new TurnId("turn-" + turns));
    }

    private OperationId operation() {
        return new OperationId("operation-" + random.nextInt(4 * THINGS));
    }

    private RestoreScope scope() {
        return random.nextBoolean() ? RestoreScope.BOTH : RestoreScope.CONVERSATION;
    }

    private static CheckpointStats stats() {
        return new CheckpointStats(1, 1, List.of());
    }

    private static RestoreSummary restored() {
        return new RestoreSummary(1, 0, List.of());
    }
}
