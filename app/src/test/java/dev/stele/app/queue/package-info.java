/** Tests of prompts that wait. */
@NullMarked
package dev.stele.app.queue;

import org.jspecify.annotations.NullMarked;
