/**
 * The event store in a PostgreSQL database that several nodes may share, and the care of its log.
 *
 * <p>One statement moves the head, checks who may do so, and adds all rows; it is its own
 * transaction. So no transaction ever waits for a client, and who reads needs no search for gaps.
 */
@NullMarked
package dev.stele.persistence.postgres;

import org.jspecify.annotations.NullMarked;
