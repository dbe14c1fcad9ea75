/** Writers that die, freeze and are cut off under load, and what has to hold after it. */
@NullMarked
package dev.stele.app.failover;

import org.jspecify.annotations.NullMarked;
