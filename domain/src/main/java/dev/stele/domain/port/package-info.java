/** What the domain wants from outside: a store, a codec, reactors. Implemented by adapters. */
@NullMarked
package dev.stele.domain.port;

import org.jspecify.annotations.NullMarked;
