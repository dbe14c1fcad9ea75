/** What the tests of this module share. */
@NullMarked
package dev.stele.app.support;

import org.jspecify.annotations.NullMarked;
