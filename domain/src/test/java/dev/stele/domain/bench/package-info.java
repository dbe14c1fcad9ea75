/** How fast the core is; started by {@code ./stele bench}. */
@NullMarked
package dev.stele.domain.bench;

import org.jspecify.annotations.NullMarked;
