/** The read model: what the facts amount to, as immutable values. */
@NullMarked
package dev.stele.domain.model;

import org.jspecify.annotations.NullMarked;
