/**
 * The wire of real runs: {@link dev.stele.provider.replay.Recorder} writes it into a file without
 * its secrets, and {@link dev.stele.provider.replay.ReplayedAgent} is a process that says again
 * what the agent said.
 */
@NullMarked
package dev.stele.provider.replay;

import org.jspecify.annotations.NullMarked;
