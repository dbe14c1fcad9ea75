/** Tests of the reactors, over the real decider and projector. */
@NullMarked
package dev.stele.git.reactor;

import org.jspecify.annotations.NullMarked;
