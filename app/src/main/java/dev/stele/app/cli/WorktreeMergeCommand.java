package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stele worktree merge}: the work comes back to where you are. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Merges the branch of a worktree into the branch that is checked out in its project.",
            "What you have changed or staged there stays as it is. Where both have changed the"
                    + " same, or something of yours is in the way, nothing is changed, and the"
                    + " paths are named."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:merged",
            "1:it failed: conflicts, uncommitted files in the way, a hook said no",
            "3:there is no such worktree",
            "5:refused: somebody is at work in one of the two directories"
        })
final class WorktreeMergeCommand extends WorkingCommand<Operation.MergeWorktree> {

    @Mixin private WorktreeChoice choice = new WorktreeChoice();

    @Mixin private WorktreeCommit commit = new WorktreeCommit();

    @Override
    Operation.MergeWorktree work(Stele stele, Console console) throws InterruptedException {
        Project worktree = choice.worktree(stele.model());
        commit.run(stele, worktree, console);
        return stele.worktrees().merge(worktree.id());
    }

    @Override
    void tell(Operation.MergeWorktree done, Stele stele, Console console) {
        new WorktreeReport(stele, console).merged(done);
        Project worktree = stele.model().project(done.worktreeId());
        if (worktree != null && worktree.worktree() != null && worktree.worktree().takesWork()) {
            console.note(
                    "To remove the worktree: stele worktree remove "
                            + SafeText.line(worktree.name(), 100));
        }
    }

    @Override
    void tellFailure(Operation.MergeWorktree failed, Console console) {
        FilePhrases.inTheWay(failed.paths()).forEach(console::note);
    }
}
