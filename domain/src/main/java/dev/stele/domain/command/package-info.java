/** Wishes, and the refusals that answer them. */
@NullMarked
package dev.stele.domain.command;

import org.jspecify.annotations.NullMarked;
