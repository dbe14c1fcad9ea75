package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stele commit}: the work becomes a commit of the user's. */
@Command(
        name = "commit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Commits what a thread changed, as you: with your name, your hooks and your signing.",
            "In files that others have changed, too, it takes the thread's lines alone.",
            "What else you have changed or staged stays as it is. When it fails, the index is"
                    + " as it was."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:committed",
            "1:it failed: nothing to commit, a hook said no, conflicts, no repository",
            "2:no message, or a path outside of the project",
            "3:there is no such thread",
            "5:refused: somebody is at work there"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele commit -m \"Mend the parser\"           the newest thread here",
            "  stele commit -m \"Mend the parser\" THREAD    another one"
        })
final class CommitCommand extends WorkingCommand<Operation.Commit> {

    @Mixin private ProjectOption place = new ProjectOption();

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "THREAD",
            description = "The thread whose work it is; else the newest in this project.")
    private @Nullable String thread;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "MESSAGE",
            required = true,
            description = "The commit message; a second one is its next paragraph.")
    private List<String> paragraphs = List.of();

    @ArgGroup private Selected selected = new Selected();

    /** What is committed in place of the thread's own changes. */
    private static final class Selected {

        @Option(
                names = {"-a", "--all"},
                description = "Everything that is not ignored, whoever changed it.")
        private boolean all;

        @Option(
                names = "--path",
                paramLabel = "PATH",
                description = "This file or folder, whoever changed it; may be repeated.")
        private List<Path> paths = List.of();
    }

    @Override
    Operation.Commit work(Stele stele, Console console) throws InterruptedException {
        ChatThread chat = Lookup.thread(stele.model(), thread, place.directory());
        Path project = Path.of(String.valueOf(stele.model().directoryOf(chat.id())));
        return stele.commit(chat.id(), String.join("\n\n", paragraphs), selection(project));
    }

    private ChangeSelection selection(Path project) {
        if (selected.all) {
            return new ChangeSelection.All();
        }
        return selected.paths.isEmpty()
                ? new ChangeSelection.Own()
                : new ChangeSelection.Paths(
                        ProjectPaths.inside(
                                Objects.requireNonNull(spec),
                                project,
                                place.directory(),
                                selected.paths));
    }

    @Override
    void tell(Operation.Commit done, Stele stele, Console console) {
        if (done.state() instanceof OperationState.Recorded(var hash, _)) {
            console.line("committed " + hash + "  " + Phrases.title(done.message()));
            FilePhrases.left(done.left(), console).forEach(console::line);
            console.note("To publish it: stele push");
        }
    }
}
