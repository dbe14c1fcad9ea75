/** Tests. */
@NullMarked
package dev.stele.provider.client;

import org.jspecify.annotations.NullMarked;
