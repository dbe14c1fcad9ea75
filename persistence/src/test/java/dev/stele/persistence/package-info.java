/** Tests of the modules. */
@NullMarked
package dev.stele.persistence;

import org.jspecify.annotations.NullMarked;
