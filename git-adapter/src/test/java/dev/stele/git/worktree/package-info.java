@NullMarked
package dev.stele.git.worktree;

import org.jspecify.annotations.NullMarked;
