package dev.stele.app.cli;

import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.OrchestrationReadModel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code stele checkpoints show}: all there is to know of one. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows a checkpoint: what it holds, and what was left out of it and why.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "3:there is no such checkpoint"})
final class CheckpointsShowCommand extends LookingCommand {

    private static final int TEXT = 1_000;

    @ParentCommand private @Nullable CheckpointsCommand checkpoints;

    @Mixin private final AtOption at = new AtOption();

    @Parameters(paramLabel = "CHECKPOINT", description = "Its id, or the beginning of it.")
    private String id = "";

    @Override
    @Nullable SteleCommand parent() {
        return checkpoints == null ? null : checkpoints.parent();
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        OrchestrationReadModel model = at.model(archive, console);
        Checkpoint checkpoint =
                Objects.requireNonNull(model.checkpoint(Lookup.checkpoint(model, id)));
        if (json) {
            console.bytes(archive.codec().encode(checkpoint));
        } else {
            tell(checkpoint, model, console);
        }
    }

    private static void tell(Checkpoint checkpoint, OrchestrationReadModel model, Console console) {
        line(console, "checkpoint", checkpoint.id().value());
        line(console, "of thread", checkpoint.threadId().value());
        if (checkpoint.turnId() != null) {
            line(console, "of turn", checkpoint.turnId().value());
        }
        line(console, "directory", model.directoryOf(checkpoint.threadId()));
        line(console, "taken", checkpoint.description());
        line(console, "asked for", Phrases.time(checkpoint.createdAt()));
        switch (checkpoint.state()) {
            case CheckpointState.Pending() -> line(console, "state", "pending");
            case CheckpointState.Failed(var why, _) -> line(console, "state", "failed: " + why);
            case CheckpointState.Thinned(var policy, var when) ->
                    line(
                            console,
                            "state",
                            "thinned out on " + Phrases.time(when) + ": " + policy.sentence());
            case CheckpointState.Ready(var ref, var stats, var when) -> {
                line(console, "ready", Phrases.time(when));
                line(console, "ref", ref);
                tell(stats, console);
            }
        }
    }

    private static void tell(CheckpointStats stats, Console console) {
        line(console, "holds", Phrases.stats(stats));
        line(console, "HEAD", stats.head() == null ? null : FilePhrases.head(stats.head()));
        CheckpointStats.Limits limits = stats.limits();
        if (limits != null) {
            line(
                    console,
                    "limits",
                    Phrases.size(limits.untrackedFileBytes())
                            + " for an untracked file, "
                            + Phrases.count(limits.files(), "file")
                            + " and "
                            + Phrases.size(limits.bytes())
                            + " for all");
        }
        stats.leftOut()
                .forEach(left ->
                        console.line(
                                console.styled(Style.YELLOW, "left out    ")
                                        + SafeText.line(left.path(), TEXT)
                                        + ": "
                                        + SafeText.line(left.why(), TEXT)));
    }

    private static void line(Console console, String name, @Nullable String value) {
        if (value != null) {
            String gap = " ".repeat("left out    ".length() - name.length());
            console.line(console.styled(Style.DIM, name + gap) + SafeText.line(value, TEXT));
        }
    }
}
