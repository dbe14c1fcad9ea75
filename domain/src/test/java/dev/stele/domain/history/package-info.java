/** Generated histories of commands, and what holds in all of them. */
@NullMarked
package dev.stele.domain.history;

import org.jspecify.annotations.NullMarked;
