package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.Characters;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.RestoreScope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stele worktree add}: a new worktree, or one that comes back. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Makes a worktree with a branch of its own, stele/NAME, or brings back one that was"
                    + " removed or deleted by hand.",
            "Given a checkpoint of a removed worktree, its files come back, too."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it is there",
            "1:it failed: no such revision, no commit yet, no repository",
            "2:the name can be none",
            "3:there is no such worktree or checkpoint",
            "5:refused: something is being done with it"
        })
final class WorktreeAddCommand extends WorkingCommand<Operation.AddWorktree> {

    @Mixin private WorktreeChoice choice = new WorktreeChoice();

    @Option(
            names = "--from",
            paramLabel = "REV|CHECKPOINT",
            description = "The revision where its branch starts, else HEAD; or a checkpoint.")
    private @Nullable String from;

    private Operation.@Nullable Restore restore;

    @Override
    Operation.AddWorktree work(Stele stele, Console console) throws InterruptedException {
        OrchestrationReadModel model = stele.model();
        Checkpoint checkpoint = checkpoint(model);
        if (checkpoint == null) {
            Project known = Lookup.project(model, choice.directory());
            ProjectId project = known == null ? stele.project(choice.directory()) : known.id();
            String named = choice.name();
            String name = named != null ? named : stele.worktrees().freeName(project, "");
            return stele.worktrees().add(project, name, from);
        }
        Project own = owner(model, checkpoint);
        Operation.AddWorktree add = stele.worktrees().add(own.id(), own.name(), null);
        if (add.state() instanceof OperationState.Recorded) {
            restore = stele.restore(checkpoint.id(), RestoreScope.FILES);
        }
        return add;
    }

    private @Nullable Checkpoint checkpoint(OrchestrationReadModel model) {
        return from != null && from.matches("[A-Za-z0-9_-]{1,100}")
                ? model.checkpoint(new CheckpointId(from))
                : null;
    }

    private Project owner(OrchestrationReadModel model, Checkpoint checkpoint) {
        var thread = model.thread(checkpoint.threadId());
        Project own = thread == null ? null : model.project(thread.projectId());
        if (own == null || own.worktree() == null) {
            throw new NotFoundException(
                    "The checkpoint "
                            + checkpoint.id()
                            + " is of no worktree. To bring it back where it was taken: stele"
                            + " restore "
                            + checkpoint.id());
        }
        String named = choice.name();
        if (named != null && !named.equals(own.name())) {
            throw new NotFoundException(
                    "The checkpoint "
                            + checkpoint.id()
                            + " is of the worktree "
                            + SafeText.line(own.name(), 100)
                            + ", not of "
                            + Characters.quoted(named)
                            + "; leave the name out.");
        }
        return own;
    }

    @Override
    void tell(Operation.AddWorktree done, Stele stele, Console console) {
        Project own = stele.model().project(done.worktreeId());
        if (own != null && own.worktree() != null) {
            console.line(
                    "worktree "
                            + SafeText.line(own.name(), 100)
                            + " on "
                            + SafeText.line(own.worktree().branch(), 200)
                            + " in "
                            + SafeText.line(own.path(), 500));
        }
        if (restore != null && restore.state() instanceof OperationState.Failed(var why, _)) {
            console.error(SafeText.of(why));
        } else if (restore != null) {
            new RestoreReport(stele, console).tell("restored " + restore.checkpointId(), restore);
        }
    }

    @Override
    ExitCode codeOf(Operation.AddWorktree done) {
        return restore != null && restore.state() instanceof OperationState.Failed
                ? ExitCode.FAILED
                : ExitCode.OK;
    }
}
