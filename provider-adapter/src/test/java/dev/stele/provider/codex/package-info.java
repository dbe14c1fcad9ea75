/** Tests. */
@NullMarked
package dev.stele.provider.codex;

import org.jspecify.annotations.NullMarked;
