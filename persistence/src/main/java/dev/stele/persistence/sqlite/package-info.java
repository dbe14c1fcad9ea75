/**
 * The event store in one SQLite file, the care of its log, and snapshots of the model beside it.
 *
 * <p>Statements are written with jOOQ's generated tables, so that a change of a migration does not
 * compile where it matters, and prepared once: the path of a command pays for no rendering.
 */
@NullMarked
package dev.stele.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
