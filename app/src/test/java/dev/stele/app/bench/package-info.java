/** Benchmarks of the engine with its real store. */
@NullMarked
package dev.stele.app.bench;

import org.jspecify.annotations.NullMarked;
