/** Benchmarks; each is a main class. */
@NullMarked
package dev.stele.git.bench;

import org.jspecify.annotations.NullMarked;
