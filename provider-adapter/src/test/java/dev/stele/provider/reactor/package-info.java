/** Tests. */
@NullMarked
package dev.stele.provider.reactor;

import org.jspecify.annotations.NullMarked;
