/** Tests. */
@NullMarked
package dev.stele.provider.rpc;

import org.jspecify.annotations.NullMarked;
