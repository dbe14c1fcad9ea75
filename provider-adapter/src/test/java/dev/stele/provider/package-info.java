/** Tests. */
@NullMarked
package dev.stele.provider;

import org.jspecify.annotations.NullMarked;
