/** The way to a server that holds the home. */
@NullMarked
package dev.stele.app.attach;

import org.jspecify.annotations.NullMarked;
