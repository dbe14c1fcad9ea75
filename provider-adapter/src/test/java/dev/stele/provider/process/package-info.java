/** Tests. */
@NullMarked
package dev.stele.provider.process;

import org.jspecify.annotations.NullMarked;
