/** Tests of comparisons, judged by what native git makes of the patches. */
@NullMarked
package dev.stele.git.diff;

import org.jspecify.annotations.NullMarked;
