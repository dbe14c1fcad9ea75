/** Erasing a text from checkpoints: finding it, masking it, and removing what held it. */
@NullMarked
package dev.stele.git.erase;

import org.jspecify.annotations.NullMarked;
