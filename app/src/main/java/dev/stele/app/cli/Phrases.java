package dev.stele.app.cli;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.ToolOutput;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.model.Worktree;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How things are called on the screen, the same in every command. */
final class Phrases {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int TITLE = 100;
    private static final int PATH = 500;
    private static final int FAILURE_LINES = 5;

    private Phrases() {}

    static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }

    static String day(Instant at) {
        return at.atZone(ZoneId.systemDefault()).toLocalDate().toString();
    }

    static String toolCall(ToolCall call) {
        String title = call.title() != null ? call.title() : call.name();
        String kind = call.kind() == null ? "tool" : word(call.kind());
        return SafeText.line(kind + "  " + (title == null ? call.id() : title), TITLE);
    }

    /** What came of a call, in lines for a screen. */
    static List<String> toolResult(ToolResult result, Console console) {
        String code = result.exitCode() == null ? "" : " (exit code " + result.exitCode() + ")";
        List<String> lines = new ArrayList<>();
        lines.add(
                console.styled(styleOf(result.outcome()), "  ⎿ " + word(result.outcome()) + code));
        failure(result).forEach(line -> lines.add(console.styled(Style.DIM, "    " + line)));
        return lines;
    }

    /** The last lines of what a failed call says: there is why. */
    private static List<String> failure(ToolResult result) {
        if (result.outcome() != ToolOutcome.FAILED) {
            return List.of();
        }
        List<String> said =
                result.content().stream()
                        .<String>mapMulti((part, lines) -> {
                            if (part instanceof ToolOutput.TextOutput(var text)) {
                                text.lines().filter(line -> !line.isBlank()).forEach(lines);
                            }
                        })
                        .toList();
        return said.subList(Math.max(0, said.size() - FAILURE_LINES), said.size()).stream()
                .map(line -> SafeText.code(line, TITLE))
                .toList();
    }

    /** A step of an agent's plan, and how far it is. */
    static String planStep(PlanEntry step) {
        String sign =
                switch (step.status()) {
                    case "completed" -> "✓";
                    case "in_progress" -> "▸";
                    default -> "·";
                };
        return sign + " " + SafeText.line(step.content(), TITLE);
    }

    private static Style styleOf(ToolOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> Style.GREEN;
            case FAILED, REJECTED -> Style.RED;
            case CANCELLED, UNKNOWN -> Style.YELLOW;
        };
    }

    /** A file's change in one line. */
    static String change(ToolOutput.Diff diff) {
        String old = diff.oldText();
        return old == null || old.isEmpty()
                ? "creates " + SafeText.line(diff.path(), TITLE)
                : "changes " + SafeText.line(diff.path(), TITLE);
    }

    /** What people would call it: its first line. */
    static String title(String text) {
        return SafeText.line(text.strip().lines().findFirst().orElse(""), TITLE);
    }

    /** An operation of a thread and what came of it, in one line. */
    static String operation(Operation operation) {
        return switch (operation) {
            case Operation.Restore restore ->
                    "restore of " + restore.checkpointId() + ": " + outcome(restore.state());
            case Operation.Commit commit ->
                    "commit '" + title(commit.message()) + "': " + outcome(commit.state());
            case Operation.Branch branch ->
                    "branch "
                            + SafeText.line(branch.name(), TITLE)
                            + ": "
                            + outcome(branch.state());
            case Operation.Push push ->
                    "push of "
                            + SafeText.line(push.branch() + " to " + push.remote(), TITLE)
                            + ": "
                            + outcome(push.state());
            case Operation.AddWorktree add ->
                    "worktree " + add.worktreeId() + ": " + outcome(add.state());
            case Operation.RemoveWorktree removal ->
                    "removal of the worktree "
                            + removal.worktreeId()
                            + ": "
                            + outcome(removal.state());
            case Operation.MergeWorktree merge ->
                    "merge of the worktree " + merge.worktreeId() + ": " + outcome(merge.state());
            case Operation.Thinning thinning ->
                    "thinning out of "
                            + count(thinning.checkpoints().size(), "checkpoint")
                            + ": "
                            + outcome(thinning.state());
            case Operation.Cleanup cleanup ->
                    "clean-up of " + word(cleanup.subject()) + ": " + outcome(cleanup.state());
        };
    }

    /** Where a project is: a worktree by its name and the project that it is of. */
    static String place(OrchestrationReadModel model, @Nullable Project project) {
        Worktree worktree = project == null ? null : project.worktree();
        if (project == null || worktree == null) {
            return project == null ? "" : SafeText.line(project.path(), PATH);
        }
        Project of = model.project(worktree.projectId());
        return "worktree "
                + SafeText.line(project.name(), TITLE)
                + (of == null ? "" : " of " + SafeText.line(of.path(), PATH));
    }

    private static String outcome(OperationState state) {
        return switch (state) {
            case OperationState.Open() -> "under way";
            case OperationState.Recorded(var hash, _) -> hash;
            case OperationState.Restored(var summary, _) -> FilePhrases.restored(summary);
            case OperationState.Cleaned _ -> "done";
            case OperationState.Failed(var why, _) -> "failed: " + SafeText.line(why, 1_000);
        };
    }

    static String status(ThreadStatus status) {
        return switch (status) {
            case ThreadStatus.Idle() -> "idle";
            case ThreadStatus.Running _ -> "running";
            case ThreadStatus.AwaitingApproval(_, var actions) ->
                    "awaiting approval (" + actions.size() + ")";
        };
    }

    static String state(TurnState state) {
        return switch (state) {
            case TurnState.Open() -> "running";
            case TurnState.Draining _ -> "interrupted, its agent still speaks";
            case TurnState.Interrupted _ -> "interrupted";
            case TurnState.Completed done when isCutShort(done) ->
                    "cancelled: the agent said nothing for too long. agentSilenceSeconds in"
                            + " config.json gives it more time";
            case TurnState.Completed(var reason, _, _) -> "completed (" + word(reason) + ")";
            case TurnState.Failed(var error, _) ->
                    "failed: " + SafeText.line(error.message(), 1_000);
        };
    }

    /** Whether nobody but Stele ended it, since its agent was silent. */
    static boolean isCutShort(TurnState.Completed turn) {
        return "silence".equals(turn.cause());
    }

    static String checkpoint(Checkpoint checkpoint) {
        return switch (checkpoint.state()) {
            case CheckpointState.Pending() -> "pending";
            case CheckpointState.Ready(_, var stats, _) -> stats(stats);
            case CheckpointState.Failed(var why, _) -> "failed: " + SafeText.line(why, 1_000);
            case CheckpointState.Thinned(_, var at) -> "thinned out on " + day(at);
        };
    }

    /** A line for each of these checkpoints that could not be taken. */
    static List<String> whyNotTaken(OrchestrationReadModel model, CheckpointId... ids) {
        return Stream.of(ids)
                .distinct()
                .flatMap(id -> Stream.ofNullable(model.checkpoint(id)))
                .<String>mapMulti((checkpoint, lines) -> {
                    if (checkpoint.state() instanceof CheckpointState.Failed(var why, _)) {
                        lines.accept(
                                "There is nothing in the checkpoint "
                                        + checkpoint.id()
                                        + ": "
                                        + SafeText.of(why));
                    }
                })
                .toList();
    }

    static String stats(CheckpointStats stats) {
        String left = stats.leftOut().isEmpty() ? "" : ", " + stats.leftOut().size() + " left out";
        return count(stats.files(), "file") + ", " + size(stats.bytes()) + left;
    }

    /** What a prompt says; what is no text is only named. */
    static String words(List<MessageContent> prompt) {
        return prompt.stream()
                .map(block ->
                        block instanceof MessageContent.Text(var text) ? text : "(an attachment)")
                .collect(Collectors.joining(" "));
    }

    /** A figure as an agent tells it; a dash when it does not. */
    static String known(@Nullable Long figure) {
        return figure == null ? "-" : figure.toString();
    }

    static String context(TokenUsage usage) {
        return usage.contextSize() == null
                ? known(usage.contextUsed())
                : known(usage.contextUsed()) + " of " + usage.contextSize();
    }

    static String cost(TokenUsage.@Nullable Cost cost) {
        return cost == null
                ? "-"
                : String.format(Locale.ROOT, "%.4f ", cost.amount())
                        + SafeText.line(cost.currency(), 10);
    }

    /** What a turn used, as far as its agent tells, in one line. */
    static String usage(TokenUsage usage) {
        List<String> parts = new ArrayList<>();
        part(parts, usage.input(), " in");
        part(parts, usage.output(), " out");
        part(parts, usage.total(), " in all");
        if (usage.contextUsed() != null) {
            parts.add("context " + context(usage));
        }
        if (usage.cost() != null) {
            parts.add(cost(usage.cost()) + " so far");
        }
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, @Nullable Long figure, String what) {
        if (figure != null) {
            parts.add(figure + what);
        }
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double kilo = bytes / 1_000.0;
        if (kilo < 1_000) {
            return String.format(Locale.ROOT, "%.1f kB", kilo);
        }
        return kilo < 1_000_000
                ? String.format(Locale.ROOT, "%.1f MB", kilo / 1_000)
                : String.format(Locale.ROOT, "%.1f GB", kilo / 1_000_000);
    }

    /** A constant's name as people write it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** How long something took, for people. */
    static String elapsed(Duration time) {
        if (time.toMinutes() == 0) {
            return time.toSeconds() + " s";
        }
        return time.toHours() == 0
                ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
