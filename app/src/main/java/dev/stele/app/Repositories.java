package dev.stele.app;

import dev.stele.app.error.SteleException;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import dev.stele.domain.port.CommitDistance;
import dev.stele.domain.port.RepositoryView;
import dev.stele.domain.port.RepositoryViews;
import java.util.List;

/**
 * What the repositories of projects are like now: what there is to choose from before a push, a
 * branch or a merge is asked for. Nothing is changed by asking, and no remote is asked.
 * Thread-safe.
 *
 * <p>All methods throw {@link SteleException.Refused} when there is no such project, and {@link
 * dev.stele.domain.port.RepositoryException} when its repository is not there or cannot be read.
 */
public final class Repositories {
    private final Stele stele;
    private final RepositoryViews views;

    Repositories(Stele stele, RepositoryViews views) {
        this.stele = stele;
        this.views = views;
    }

    /**
     * {@return branches and remotes}
     *
     * @param projectId the project
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public RepositoryView of(ProjectId projectId) throws InterruptedException {
        return views.view(known(stele.model(), projectId).path());
    }

    /**
     * {@return what is not committed: paths from the top of the working tree}
     *
     * @param projectId the project
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public List<String> uncommitted(ProjectId projectId) throws InterruptedException {
        return views.uncommitted(known(stele.model(), projectId).path());
    }

    /**
     * {@return what a push would send, as far as this repository knows the remote}
     *
     * @param projectId the project
     * @param branch the branch
     * @param remote the remote's name
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public CommitDistance toPush(ProjectId projectId, String branch, String remote)
            throws InterruptedException {
        return views.toRemote(known(stele.model(), projectId).path(), branch, remote);
    }

    /**
     * {@return what a merge of a worktree would bring to its project}
     *
     * @param worktreeId the worktree
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public CommitDistance toMerge(ProjectId worktreeId) throws InterruptedException {
        OrchestrationReadModel model = stele.model();
        Worktree worktree = known(model, worktreeId).worktree();
        if (worktree == null) {
            throw new SteleException.Refused(new DeciderError.NotAWorktree(worktreeId));
        }
        return views.toHead(known(model, worktree.projectId()).path(), worktree.branch());
    }

    private static Project known(OrchestrationReadModel model, ProjectId id) {
        Project project = model.project(id);
        if (project == null) {
            throw new SteleException.Refused(new DeciderError.ProjectNotFound(id));
        }
        return project;
    }
}
