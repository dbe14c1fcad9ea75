/** The git adapter as a whole. */
@NullMarked
package dev.stele.git;

import org.jspecify.annotations.NullMarked;
