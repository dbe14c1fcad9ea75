/** Facts. Their names and fields are the format of the log. */
@NullMarked
package dev.stele.domain.event;

import org.jspecify.annotations.NullMarked;
