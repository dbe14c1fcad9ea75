/** Tests of checkpoints. */
@NullMarked
package dev.stele.git.capture;

import org.jspecify.annotations.NullMarked;
