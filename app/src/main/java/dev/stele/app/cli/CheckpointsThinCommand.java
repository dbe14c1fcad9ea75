package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.config.SteleConfig;
import dev.stele.contracts.CheckpointId;
import dev.stele.domain.decide.Thinning;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.ThinningPolicy;
import dev.stele.domain.model.ThinningVerdict;
import dev.stele.domain.model.ThinningVerdict.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stele checkpoints thin}: gives up old ones. */
@Command(
        name = "thin",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Gives up old checkpoints by the policy that 'stele checkpoints policy' shows. They"
                    + " cannot be restored any more.",
            "What an undo, work under way or a commit of a thread's changes needs stays, and the"
                    + " newest of each thread."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or there was nothing to give up",
            "1:given up, and some refs could not be deleted yet",
            "3:there is no such project"
        })
final class CheckpointsThinCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @ParentCommand private @Nullable CheckpointsCommand checkpoints;
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only shows what would go, and why the others stay.")
    private boolean dryRun;

    @Option(
            names = "--keep-all",
            paramLabel = "DAYS",
            description = "Keeps all of so many days, whatever the policy says.")
    private @Nullable Integer keepAll;

    @Option(
            names = "--keep-daily",
            paramLabel = "DAYS",
            description = "Keeps some of each of so many days, whatever the policy says.")
    private @Nullable Integer keepDaily;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "Only the checkpoints of this directory; else of all projects.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand command = Objects.requireNonNull(Objects.requireNonNull(checkpoints).parent());
        Console console = command.console();
        ThinningPolicy policy =
                policy(SteleConfig.read(command.home().configuration()).checkpoints().policy());
        if (dryRun) {
            try (Archive archive = Archive.open(command, console)) {
                forecast(archive, policy, console, command.json());
            }
            return ExitCode.OK.code();
        }
        try (Stele stele = command.builder().onReplay(new ReplayProgress(console)).open()) {
            return thin(stele, policy, console, command.json()).code();
        }
    }

    private ThinningPolicy policy(ThinningPolicy set) {
        int all = keepAll == null ? set.keepAllDays() : keepAll;
        int daily = keepDaily == null ? Math.max(all, set.keepDailyDays()) : keepDaily;
        if (all < 1 || daily < all) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--keep-all is 1 or more, and --keep-daily not less than that.");
        }
        return new ThinningPolicy(all, daily);
    }

    private List<Project> projects(OrchestrationReadModel model) {
        if (directory != null) {
            Project project = Lookup.project(model, directory);
            if (project == null) {
                throw new NotFoundException(
                        "There is no project in that directory; 'stele doctor' lists all.");
            }
            return List.of(project);
        }
        return model.projects()
                .values()
                .toJavaStream()
                .sorted(Comparator.comparing(Project::path))
                .toList();
    }

    private void forecast(Archive archive, ThinningPolicy policy, Console console, boolean json) {
        OrchestrationReadModel model = archive.model();
        List<ThinningVerdict> verdicts = new ArrayList<>();
        for (Project project : projects(model)) {
            verdicts.addAll(Thinning.judge(project.id(), policy, Instant.now(), model));
        }
        if (json) {
            verdicts.forEach(verdict -> console.bytes(archive.codec().encode(verdict)));
            return;
        }
        Map<Fate, Integer> kept = new TreeMap<>();
        var table = new Table("CHECKPOINT", "CREATED", "DESCRIPTION");
        for (ThinningVerdict verdict : verdicts) {
            if (verdict.fate() == Fate.THINNED) {
                row(table, Objects.requireNonNull(model.checkpoint(verdict.checkpointId())));
            } else {
                kept.merge(verdict.fate(), 1, Integer::sum);
            }
        }
        int going = verdicts.size() - kept.values().stream().mapToInt(Integer::intValue).sum();
        if (going > 0) {
            table.print(console);
        }
        console.line(Phrases.count(going, "checkpoint") + " would go");
        kept.forEach((fate, count) ->
                console.line(Phrases.count(count, "checkpoint") + " kept: " + why(fate)));
    }

    private static void row(Table table, Checkpoint checkpoint) {
        table.row(
                checkpoint.id().value(),
                Phrases.time(checkpoint.createdAt()),
                SafeText.line(checkpoint.description(), 60));
    }

    private static String why(Fate fate) {
        return switch (fate) {
            case AT_WORK -> "a restore or a commit of the thread is under way";
            case ASKED_FOR -> "somebody asked for that very one";
            case NEWEST -> "the newest of a thread";
            case UNDO -> "an undo needs it";
            case UNCOMMITTED -> "a commit of what its thread changed needs it";
            case RECENT -> "young";
            case FIRST -> "the first of a thread";
            case OF_THE_DAY -> "the first or last of a day";
            case THINNED -> throw new IllegalArgumentException("what goes is not kept");
        };
    }

    private ExitCode thin(Stele stele, ThinningPolicy policy, Console console, boolean json)
            throws InterruptedException {
        int all = 0;
        for (Project project : projects(stele.model())) {
            List<CheckpointId> thinned = stele.thin(project.id(), policy);
            all += thinned.size();
            if (json) {
                thinned.forEach(id ->
                        console.bytes(stele.codec().encode(new ThinningVerdict(id, Fate.THINNED))));
            } else if (!thinned.isEmpty()) {
                console.line(
                        "thinned out "
                                + Phrases.count(thinned.size(), "checkpoint")
                                + " of "
                                + SafeText.line(project.path(), 500));
            }
        }
        if (all == 0) {
            console.note("There is nothing to thin out.");
        }
        return concluded(stele, console);
    }

    private static ExitCode concluded(Stele stele, Console console) throws InterruptedException {
        stele.drain(PATIENCE);
        if (stele.model().openOperations().isEmpty()) {
            return ExitCode.OK;
        }
        console.error(
                "Some of their refs could not be deleted yet; the log of the program says why, and"
                        + " the next start tries again.");
        return ExitCode.FAILED;
    }
}
