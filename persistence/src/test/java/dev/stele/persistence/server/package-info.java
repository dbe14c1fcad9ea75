/** A PostgreSQL server that tests and benchmarks start by themselves. */
@NullMarked
package dev.stele.persistence.server;

import org.jspecify.annotations.NullMarked;
