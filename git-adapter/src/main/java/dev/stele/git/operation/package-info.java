/** Commits, branches and pushes: what people would do with git themselves. */
@NullMarked
package dev.stele.git.operation;

import org.jspecify.annotations.NullMarked;
