/**
 * The event store in one SQLite file, the care of its log, and snapshots of the model beside it.
 */
@NullMarked
package dev.stele.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
