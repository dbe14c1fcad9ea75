/** Tests of commits, branches and pushes. */
@NullMarked
package dev.stele.git.operation;

import org.jspecify.annotations.NullMarked;
