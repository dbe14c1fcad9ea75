/** What is tracked, read from the user's index, which is never written. */
@NullMarked
package dev.stele.git.index;

import org.jspecify.annotations.NullMarked;
