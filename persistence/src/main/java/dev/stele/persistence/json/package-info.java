/**
 * The one codec of all domain types: their names, fields and versions as JSON.
 *
 * <p>It maps records to objects field by field over Jackson's streams. Data binding would need the
 * same rules as configuration, says what is wrong in words of its own, and takes longer to start
 * than a command to run.
 */
@NullMarked
package dev.stele.persistence.json;

import org.jspecify.annotations.NullMarked;
