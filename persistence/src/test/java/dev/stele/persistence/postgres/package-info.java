/** Tests of the store in PostgreSQL, against a server that they start. */
@NullMarked
package dev.stele.persistence.postgres;

import org.jspecify.annotations.NullMarked;
