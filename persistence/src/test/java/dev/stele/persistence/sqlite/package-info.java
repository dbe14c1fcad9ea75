/** Tests of the store on real files, in real processes. */
@NullMarked
package dev.stele.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
