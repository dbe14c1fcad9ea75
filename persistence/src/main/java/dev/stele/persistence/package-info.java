/** Keeps the event log. From outside only the module and its configuration are used. */
@NullMarked
package dev.stele.persistence;

import org.jspecify.annotations.NullMarked;
