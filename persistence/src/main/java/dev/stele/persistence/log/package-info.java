/**
 * What all stores in SQL have in common: the tables, the chain of hashes over the log, reading,
 * proving and carrying it elsewhere.
 *
 * <p>Statements are written with jOOQ's generated tables, so that a change of a migration does not
 * compile where it matters, and prepared once: the path of a command pays for no rendering.
 */
@NullMarked
package dev.stele.persistence.log;

import org.jspecify.annotations.NullMarked;
