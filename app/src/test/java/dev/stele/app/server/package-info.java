/** Tests of the server, over real HTTP. */
@NullMarked
package dev.stele.app.server;

import org.jspecify.annotations.NullMarked;
