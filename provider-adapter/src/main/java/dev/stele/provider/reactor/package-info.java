/**
 * The provider reactor: prompts agents when the log asks for it, brings what they say to the
 * writer, and carries approvals and interrupts out to them.
 */
@NullMarked
package dev.stele.provider.reactor;

import org.jspecify.annotations.NullMarked;
