package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stele worktree hand-over}: the work becomes a branch for you to go on with. */
@Command(
        name = "hand-over",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Leaves the work of a worktree to you as a branch: its files go, and you can switch to"
                    + " the branch, push it, or merge it.",
            "What is not committed is never lost: it refuses, and names it; -m commits it first."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the branch is yours",
            "1:it failed: something would be lost; nothing was removed",
            "3:there is no such worktree",
            "5:refused: it is removed already, or somebody is at work in it"
        })
final class WorktreeHandOverCommand extends WorkingCommand<Operation.RemoveWorktree> {

    @Mixin private WorktreeChoice choice = new WorktreeChoice();

    @Mixin private WorktreeCommit commit = new WorktreeCommit();

    @Override
    Operation.RemoveWorktree work(Stele stele, Console console) throws InterruptedException {
        Project worktree = choice.worktree(stele.model());
        commit.run(stele, worktree, console);
        return stele.worktrees().remove(worktree.id(), null);
    }

    @Override
    void tell(Operation.RemoveWorktree done, Stele stele, Console console) {
        new WorktreeReport(stele, console).removed(done);
    }

    @Override
    void tellFailure(Operation.RemoveWorktree failed, Console console) {
        FilePhrases.inTheWay(failed.paths()).forEach(console::note);
    }
}
