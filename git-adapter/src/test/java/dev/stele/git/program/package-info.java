/** Tests of running git. */
@NullMarked
package dev.stele.git.program;

import org.jspecify.annotations.NullMarked;
