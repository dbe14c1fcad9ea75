/** The server: the facade over HTTP, for programs and for the page. */
@NullMarked
package dev.stele.app.server;

import org.jspecify.annotations.NullMarked;
