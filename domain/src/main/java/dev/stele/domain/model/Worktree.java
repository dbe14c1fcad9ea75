package dev.stele.domain.model;

import dev.stele.contracts.ProjectId;

/**
 * What makes a project a linked working tree of another project's repository.
 *
 * @param projectId that other project, which is no worktree itself
 * @param top the top of the working tree: the project's directory, or what holds it
 * @param branch the branch that was made for it
 * @param standing whether its files are there
 */
public record Worktree(ProjectId projectId, String top, String branch, Standing standing) {

    /** Whether the files of a worktree are there. */
    public enum Standing {
        /** Asked for, and never there yet. */
        NEW,
        /** They were there, and are asked for again. */
        RETURNING,
        /** They are there. */
        THERE,
        /** They are about to go. */
        LEAVING,
        /** They are gone. The branch and the checkpoints are kept. */
        REMOVED
    }

    /** {@return whether work may be asked for in it: it is there, or will be before} */
    public boolean takesWork() {
        return switch (standing) {
            case NEW, RETURNING, THERE -> true;
            case LEAVING, REMOVED -> false;
        };
    }

    /**
     * {@return this worktree in another standing}
     *
     * @param newStanding whether its files are there
     */
    public Worktree with(Standing newStanding) {
        return new Worktree(projectId, top, branch, newStanding);
    }
}
