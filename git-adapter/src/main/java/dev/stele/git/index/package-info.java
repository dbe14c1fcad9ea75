/** What is tracked and what is ignored, read from the user's own files, which are never written. */
@NullMarked
package dev.stele.git.index;

import org.jspecify.annotations.NullMarked;
