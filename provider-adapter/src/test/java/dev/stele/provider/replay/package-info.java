/** Tests. */
@NullMarked
package dev.stele.provider.replay;

import org.jspecify.annotations.NullMarked;
