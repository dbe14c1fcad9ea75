/**
 * What a closed stretch of the log may say with fewer facts, and the proof that it amounts to the
 * same. Pure.
 */
@NullMarked
package dev.stele.domain.compact;

import org.jspecify.annotations.NullMarked;
