package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import org.jspecify.annotations.Nullable;

/** Tells people what became of a worktree. */
final class WorktreeReport {

    private final Stele stele;
    private final Console console;

    WorktreeReport(Stele stele, Console console) {
        this.stele = stele;
        this.console = console;
    }

    void removed(Operation.RemoveWorktree done) {
        Worktree worktree = worktree(done.worktreeId());
        if (worktree == null || !(done.state() instanceof OperationState.Recorded(var hash, _))) {
            return;
        }
        String branch = SafeText.line(worktree.branch(), 200);
        console.line("removed " + SafeText.line(worktree.top(), 500));
        console.line("branch " + branch + " at " + hash);
        console.note("To work on it yourself: git switch " + branch);
        if (done.checkpointId() != null) {
            console.note(
                    "What was not committed is in the checkpoint "
                            + done.checkpointId()
                            + ". To bring it back: stele worktree add --from "
                            + done.checkpointId());
        }
    }

    void merged(Operation.MergeWorktree done) {
        Worktree worktree = worktree(done.worktreeId());
        Project of = stele.model().project(done.projectId());
        if (worktree == null
                || of == null
                || !(done.state() instanceof OperationState.Recorded(var hash, _))) {
            return;
        }
        console.line(
                "merged "
                        + SafeText.line(worktree.branch(), 200)
                        + " into "
                        + SafeText.line(of.path(), 500)
                        + ", now at "
                        + hash);
    }

    private @Nullable Worktree worktree(ProjectId id) {
        Project project = stele.model().project(id);
        return project == null ? null : project.worktree();
    }
}
