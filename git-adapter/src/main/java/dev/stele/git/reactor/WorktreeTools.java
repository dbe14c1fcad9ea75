package dev.stele.git.reactor;

import dev.stele.git.worktree.WorktreeAdding;
import dev.stele.git.worktree.WorktreeMerge;
import dev.stele.git.worktree.WorktreeRemoval;

/**
 * What is done to worktrees, with what.
 *
 * @param adding makes them
 * @param removal removes them
 * @param merge merges their branches
 */
public record WorktreeTools(WorktreeAdding adding, WorktreeRemoval removal, WorktreeMerge merge) {}
