package dev.stele.app.cli;

import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.Project;
import java.time.Instant;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stele worktree remove}: the files go, and nothing is lost with them. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Removes the files of a worktree. Its branch, conversations and checkpoints stay.",
            "What is not committed is never lost: it refuses, and names it. What git ignores goes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:removed",
            "1:it failed: something would be lost; nothing was removed",
            "3:there is no such worktree",
            "5:refused: it is removed already, or somebody is at work in it"
        })
final class WorktreeRemoveCommand extends WorkingCommand<Operation.RemoveWorktree> {

    @Mixin private WorktreeChoice choice = new WorktreeChoice();

    @Option(
            names = {"-c", "--checkpoint"},
            description = "Takes a checkpoint first, which keeps what is not committed.")
    private boolean checkpoint;

    private String name = "";

    @Override
    Operation.RemoveWorktree work(Stele stele, Console console) throws InterruptedException {
        Project worktree = choice.worktree(stele.model());
        name = SafeText.line(worktree.name(), 100);
        return stele.worktrees().remove(worktree.id(), checkpoint ? thread(stele, worktree) : null);
    }

    /** Checkpoints belong to threads, and so one is made where nobody has talked yet. */
    private static ThreadId thread(Stele stele, Project worktree) {
        ChatThread newest = WorktreeChoice.newestThread(stele.model(), worktree);
        if (newest != null) {
            return newest.id();
        }
        ThreadId made = Ids.thread();
        String agent =
                Objects.requireNonNullElse(stele.config().defaultAgent(), RunCommand.SCRIPTED);
        stele.execute(
                new CreateThread(
                        made, worktree.id(), "Checkpoints of this worktree", agent, Instant.now()));
        return made;
    }

    @Override
    void tell(Operation.RemoveWorktree done, Stele stele, Console console) {
        new WorktreeReport(stele, console).removed(done);
    }

    @Override
    void tellFailure(Operation.RemoveWorktree failed, Console console) {
        FilePhrases.inTheWay(failed.paths()).forEach(console::note);
        if (!checkpoint && !failed.paths().isEmpty()) {
            console.note(
                    "To keep it all in a checkpoint and remove the worktree: stele worktree remove "
                            + name
                            + " --checkpoint");
        }
    }
}
