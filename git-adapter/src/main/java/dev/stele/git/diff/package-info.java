/** How two states of a working tree differ, as unified text and in figures. */
@NullMarked
package dev.stele.git.diff;

import org.jspecify.annotations.NullMarked;
