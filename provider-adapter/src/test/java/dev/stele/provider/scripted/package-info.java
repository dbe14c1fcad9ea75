/** Tests. */
@NullMarked
package dev.stele.provider.scripted;

import org.jspecify.annotations.NullMarked;
