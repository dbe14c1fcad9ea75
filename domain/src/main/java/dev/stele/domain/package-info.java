/** The core of Stele: wishes in, facts out, and a model folded from the facts. */
@NullMarked
package dev.stele.domain;

import org.jspecify.annotations.NullMarked;
