/** Bringing back what a checkpoint holds, without touching anything else. */
@NullMarked
package dev.stele.git.restore;

import org.jspecify.annotations.NullMarked;
