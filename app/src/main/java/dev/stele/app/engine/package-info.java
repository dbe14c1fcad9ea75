/** The engine: one writer turns commands into durable facts and publishes them. */
@NullMarked
package dev.stele.app.engine;

import org.jspecify.annotations.NullMarked;
