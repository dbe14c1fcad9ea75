/** Talks to agents. From outside only the module and its configuration are used. */
@NullMarked
package dev.stele.provider;

import org.jspecify.annotations.NullMarked;
