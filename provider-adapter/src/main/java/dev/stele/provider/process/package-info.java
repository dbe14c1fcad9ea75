/**
 * Agents as processes: how one is found, started, told apart from those of a dead Stele, and ended
 * with everything that it started.
 */
@NullMarked
package dev.stele.provider.process;

import org.jspecify.annotations.NullMarked;
