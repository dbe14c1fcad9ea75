/**
 * The proof that real agents, as their makers publish them, keep Stele's promises: each is run on
 * real repositories through the facade, against a model that follows a script. It is started by
 * {@code ./stele live}.
 */
@NullMarked
package dev.stele.app.live;

import org.jspecify.annotations.NullMarked;
