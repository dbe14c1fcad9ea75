/** Tests. */
@NullMarked
package dev.stele.provider.acp;

import org.jspecify.annotations.NullMarked;
