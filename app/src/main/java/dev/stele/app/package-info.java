/** The running whole: engine, wiring and the facade that embedders use. */
@NullMarked
package dev.stele.app;

import org.jspecify.annotations.NullMarked;
