/** Tests of the engine on a store that fails on demand. */
@NullMarked
package dev.stele.app.engine;

import org.jspecify.annotations.NullMarked;
