/** The architecture rules, and the proof that each of them can fail. */
@NullMarked
package dev.stele.archunit;

import org.jspecify.annotations.NullMarked;
