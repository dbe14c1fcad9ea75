/** Repositories of every awkward kind, each captured, brought back and undone. */
@NullMarked
package dev.stele.git.trap;

import org.jspecify.annotations.NullMarked;
