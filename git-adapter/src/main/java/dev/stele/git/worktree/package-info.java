/** Linked working trees: made, removed without a loss, and merged back. */
@NullMarked
package dev.stele.git.worktree;

import org.jspecify.annotations.NullMarked;
