/** The user's own git program, for all that carries the user's name: commits, branches, pushes. */
@NullMarked
package dev.stele.git.program;

import org.jspecify.annotations.NullMarked;
