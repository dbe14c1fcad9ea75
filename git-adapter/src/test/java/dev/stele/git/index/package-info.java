/** Tests of reading the user's index. */
@NullMarked
package dev.stele.git.index;

import org.jspecify.annotations.NullMarked;
