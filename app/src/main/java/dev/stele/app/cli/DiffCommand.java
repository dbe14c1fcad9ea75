package dev.stele.app.cli;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.MessageContent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Turn;
import dev.stele.domain.port.TreeDiff;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stele diff}: what changed in the files. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Shows what changed in the files: by a turn, since a checkpoint, or between two.",
            "Without arguments: what the newest turn in this project changed. Into a file or a pipe"
                    + " it goes as 'git apply' takes it.",
            "A turn's changes are those of its own time: what other threads did is not among them,"
                    + " since turns in one directory run one after the other. What you changed while"
                    + " it ran is; files of which the agent told nothing are named, with whether it"
                    + " ran commands that may have changed them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown, also when nothing differs",
            "1:a state of the files could not be read",
            "3:there is no such turn or checkpoint",
            "5:refused: the checkpoint is not ready"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele diff                   the newest turn here",
            "  stele diff --stat TURN       a turn, file by file",
            "  stele diff TURN-before       since then, with what you did yourself",
            "  stele diff | git apply -R    takes it back without a restore"
        })
final class DiffCommand extends LookingCommand {

    @ParentCommand private @Nullable SteleCommand stele;
    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FROM",
            description = "A checkpoint, or a turn for what it changed itself.")
    private @Nullable String from;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TO",
            description = "A later checkpoint; else the files as they are now.")
    private @Nullable String to;

    @Option(names = "--turn", paramLabel = "TURN", description = "What this turn changed itself.")
    private @Nullable String turn;

    @Option(names = "--stat", description = "Only how many lines came and went in each file.")
    private boolean stat;

    @Option(names = "--name-only", description = "Only the names of the files.")
    private boolean nameOnly;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The directory whose newest turn is meant; else this one.")
    private Path directory = Path.of(".");

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        TreeDiff diff = diff(archive, console);
        var display = new DiffDisplay(console);
        if (json) {
            diff.files().forEach(file -> console.bytes(archive.codec().encode(file)));
        } else if (diff.files().isEmpty()) {
            console.note("Nothing differs.");
        } else if (nameOnly) {
            display.names(diff);
        } else if (stat) {
            display.stat(diff);
        } else {
            display.patch(diff);
        }
        if (!json) {
            FilePhrases.origins(diff, console).forEach(console::note);
        }
    }

    private TreeDiff diff(Archive archive, Console console) {
        OrchestrationReadModel model = archive.model();
        if (turn != null && from != null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Give a turn or checkpoints, not both.");
        }
        if (from == null || to == null) {
            Turn one = turn(model);
            if (one != null) {
                console.note(
                        console.styled(
                                Style.DIM, "turn " + one.id() + "  " + prompt(one, archive)));
                CheckpointId before = CheckpointId.before(one.id());
                CheckpointId after = CheckpointId.after(one.id());
                Phrases.whyNotTaken(model, before, after).forEach(console::note);
                return archive.changes().of(one.id());
            }
        }
        CheckpointId start = Lookup.checkpoint(model, Objects.requireNonNull(from));
        CheckpointId end = to == null ? start : Lookup.checkpoint(model, to);
        Phrases.whyNotTaken(model, start, end).forEach(console::note);
        return to == null ? archive.changes().since(start) : archive.changes().between(start, end);
    }

    /** The turn that is meant, or null when a checkpoint is. */
    private @Nullable Turn turn(OrchestrationReadModel model) {
        if (turn != null) {
            return Lookup.knownTurn(model, turn);
        }
        return from == null ? newest(model) : Lookup.turn(model, from);
    }

    private Turn newest(OrchestrationReadModel model) {
        Project project = Lookup.project(model, directory);
        Turn newest = project == null ? null : Lookup.newestTurn(model, project);
        if (newest == null) {
            throw new NotFoundException(
                    "There was no turn in this project yet; name a turn or a checkpoint.");
        }
        return newest;
    }

    private static String prompt(Turn turn, Archive archive) {
        return archive.feed().messages(turn.id(), 0, 1).messages().getFirst().content().stream()
                .map(block -> block instanceof MessageContent.Text(var text) ? text : "")
                .map(Phrases::title)
                .findFirst()
                .orElse("");
    }
}
