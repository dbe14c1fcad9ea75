/** Stele as a library: programs as others would write them, and the proof that they work. */
@NullMarked
package dev.stele.app.embedding;

import org.jspecify.annotations.NullMarked;
