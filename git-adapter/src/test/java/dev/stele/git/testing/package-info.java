/** Real repositories for tests, and what native git says of them. */
@NullMarked
package dev.stele.git.testing;

import org.jspecify.annotations.NullMarked;
