/** A model that follows a script, on the loopback, in the languages in which agents ask models. */
@NullMarked
package dev.stele.app.live.model;

import org.jspecify.annotations.NullMarked;
