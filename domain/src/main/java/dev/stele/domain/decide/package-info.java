/** The decider: wishes into facts, or refusals. Pure. */
@NullMarked
package dev.stele.domain.decide;

import org.jspecify.annotations.NullMarked;
