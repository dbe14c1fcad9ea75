/** Tests of reading the working tree. */
@NullMarked
package dev.stele.git.disk;

import org.jspecify.annotations.NullMarked;
