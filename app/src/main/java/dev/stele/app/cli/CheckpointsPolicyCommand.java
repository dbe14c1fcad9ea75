package dev.stele.app.cli;

import dev.stele.app.config.CheckpointSettings;
import dev.stele.app.config.SteleConfig;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code stele checkpoints policy}: what is set. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows how much checkpoints may hold, and which old ones are kept.",
            "Both are set in the field 'checkpoints' of config.json in the data directory."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "2:the settings are wrong"})
final class CheckpointsPolicyCommand implements Callable<Integer> {

    @ParentCommand private @Nullable CheckpointsCommand checkpoints;

    @Override
    public Integer call() {
        SteleCommand stele = Objects.requireNonNull(Objects.requireNonNull(checkpoints).parent());
        Console console = stele.console();
        var file = stele.home().configuration();
        CheckpointSettings settings = SteleConfig.read(file).checkpoints();
        if (stele.json()) {
            json(settings, console);
        } else {
            tell(settings, console);
            console.note(
                    "Set in the field 'checkpoints' of " + SafeText.line(file.toString(), 500));
        }
        return ExitCode.OK.code();
    }

    private static void json(CheckpointSettings settings, Console console) {
        LogJson.print(
                LogJson.object()
                        .put("largestUntrackedFileBytes", settings.largestUntrackedFileBytes())
                        .put("mostFiles", settings.mostFiles())
                        .put("mostBytes", settings.mostBytes())
                        .put("keepAllDays", settings.policy().keepAllDays())
                        .put("keepDailyDays", settings.policy().keepDailyDays())
                        .put("thin", settings.thin())
                        .put("watch", settings.watch()),
                console);
    }

    private static void tell(CheckpointSettings settings, Console console) {
        console.line(
                "Untracked files over "
                        + Phrases.size(settings.largestUntrackedFileBytes())
                        + " are left out (largestUntrackedFileBytes).");
        console.line(
                "A directory with over "
                        + Phrases.count(settings.mostFiles(), "file")
                        + " (mostFiles) or "
                        + Phrases.size(settings.mostBytes())
                        + " (mostBytes) gets no checkpoints.");
        console.line(
                "As they grow old, "
                        + settings.policy().sentence()
                        + " (keepAllDays, keepDailyDays).");
        console.line(
                settings.thin()
                        ? "The others are thinned out once a day, while an agent is at work (thin)."
                        : "The others are thinned out only by 'stele checkpoints thin' (thin).");
        console.line(
                "Whatever its age, a checkpoint stays while an undo, work under way or a commit of"
                        + " its thread's changes needs it, and the newest of each thread.");
    }
}
