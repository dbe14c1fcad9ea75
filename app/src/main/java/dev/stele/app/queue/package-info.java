/** Prompts that wait become turns. */
@NullMarked
package dev.stele.app.queue;

import org.jspecify.annotations.NullMarked;
