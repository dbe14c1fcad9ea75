/** Tests. */
@NullMarked
package dev.stele.provider.fuzz;

import org.jspecify.annotations.NullMarked;
