/** Tests of restores. */
@NullMarked
package dev.stele.git.restore;

import org.jspecify.annotations.NullMarked;
