/** Checkpoints: a whole working tree as a commit under a hidden ref. */
@NullMarked
package dev.stele.git.capture;

import org.jspecify.annotations.NullMarked;
