package dev.stele.app.cli;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElseGet;

import dev.stele.app.Stele;
import dev.stele.contracts.CheckpointId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.port.RestorePreview;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stele restore}: back to a checkpoint. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Brings back what a checkpoint holds. 'stele undo' takes it back.",
            "Only files that differ are written or deleted. Ignored files, the index, HEAD and"
                    + " branches stay as they are: what is staged stays staged.",
            "When anyone else has changed files since, only what the checkpoint's thread has"
                    + " changed is taken back: what others did stays, also in the same files."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:restored; files that had to be left alone are named",
            "1:it failed; what was done so far can be undone",
            "3:there is no such checkpoint",
            "5:refused: the checkpoint is not ready, or somebody is at work there"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele restore --dry-run TURN-before    tells what it would do",
            "  stele restore TURN-before              takes a turn back",
            "  stele undo                             and brings it again"
        })
final class RestoreCommand extends WorkingCommand<Operation.Restore> {

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "Its id, or the beginning of it; 'stele checkpoints' lists them.")
    private String checkpoint = "";

    @Option(
            names = "--scope",
            paramLabel = "files|conversation|both",
            defaultValue = "files",
            description = {
                "What is brought back: the files, the conversation (later turns are rolled back),"
                        + " or both. Default: ${DEFAULT-VALUE}."
            })
    private RestoreScope scope = RestoreScope.FILES;

    @ArgGroup private Selected selected = new Selected();

    /** Which changes of files are taken back. */
    private static final class Selected {

        @Option(
                names = "--own",
                description = "Only what the checkpoint's thread has changed since.")
        private boolean own;

        @Option(
                names = {"-a", "--all"},
                description = "Everything that has changed since, whoever changed it.")
        private boolean all;

        @Option(
                names = "--path",
                paramLabel = "PATH",
                description = "This file or folder, whoever changed it; may be repeated.")
        private List<Path> paths = List.of();
    }

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only shows what would be done.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand command = parent();
        if (!dryRun) {
            return super.call();
        }
        Console console = parent().console();
        try (Archive archive = Archive.open(command, console)) {
            CheckpointId id = Lookup.checkpoint(archive.model(), checkpoint);
            RestorePreview preview = preview(archive, id);
            if (command.json()) {
                console.bytes(archive.codec().encode(preview));
            } else {
                new RestoreForecast(console).tell(preview, scope, archive.model());
            }
        }
        return ExitCode.OK.code();
    }

    @Override
    Operation.Restore work(Stele stele, Console console) throws InterruptedException {
        CheckpointId id = Lookup.checkpoint(stele.model(), checkpoint);
        Phrases.whyNotTaken(stele.model(), id).forEach(console::note);
        ChangeSelection selection = selection(stele.model(), id);
        if (selection == null && scope.includesFiles()) {
            RestorePreview preview = stele.changes().restoring(id, null);
            new RestoreForecast(console).others(preview);
            selection = preview.selection();
        }
        return stele.restore(id, scope, requireNonNullElseGet(selection, ChangeSelection.All::new));
    }

    private RestorePreview preview(Archive archive, CheckpointId id) {
        ChangeSelection selection = selection(archive.model(), id);
        return scope.includesFiles()
                ? archive.changes().restoring(id, selection)
                : new RestorePreview(
                        id,
                        requireNonNullElseGet(selection, ChangeSelection.All::new),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
    }

    /** What was asked for, or null. */
    private @Nullable ChangeSelection selection(OrchestrationReadModel model, CheckpointId id) {
        if (selected.own) {
            return new ChangeSelection.Own();
        }
        if (selected.all) {
            return new ChangeSelection.All();
        }
        Checkpoint known = model.checkpoint(id);
        String project = known == null ? null : model.directoryOf(known.threadId());
        return selected.paths.isEmpty() || project == null
                ? null
                : new ChangeSelection.Paths(
                        ProjectPaths.inside(
                                requireNonNull(spec),
                                Path.of(project),
                                Path.of("."),
                                selected.paths));
    }

    @Override
    void tell(Operation.Restore done, Stele stele, Console console) {
        new RestoreReport(stele, console).tell("restored " + done.checkpointId(), done);
    }
}
