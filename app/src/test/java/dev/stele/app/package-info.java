/** Tests of the facade and of the whole. */
@NullMarked
package dev.stele.app;

import org.jspecify.annotations.NullMarked;
